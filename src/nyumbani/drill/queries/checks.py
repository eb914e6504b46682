"""What must be true at the end of an act, held against what is true now."""

import datetime as dt
import enum
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nyumbani.accounts.viewers import Viewer
from nyumbani.audit import verifier
from nyumbani.broadcasts.models import Letter, Recipient
from nyumbani.broadcasts.terms import Step
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.members import Member
from nyumbani.cases.terms import Part
from nyumbani.domain.safe_contact import Sending, may_reach
from nyumbani.drill.script.act import Numbers
from nyumbani.drill.stage.cues import Scene
from nyumbani.drill.wire.doors import Channel
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Reading, Way
from nyumbani.kit import clock
from nyumbani.people.agreed import agreed_with


class Standing(enum.StrEnum):
    """How something that the story asserts stands now."""

    HOLDS = "holds"
    NOT_YET = "not_yet"
    MORE = "more"  # a visitor did more than the story tells
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of what is asserted."""

    what: str
    now: str
    wanted: str
    standing: Standing


def checks(viewer: Viewer, scene: Scene, numbers: Numbers) -> list[Check]:  # noqa: ARG001 - figures
    """The numbers of an act: what the story tells, and what this house counts."""
    return [
        _counted(_("Cases"), Case.objects.count(), numbers.cases),
        _counted(_("Reporters who speak for somebody else"), reporters(), numbers.reporters),
        _counted(_("People in distress in the case"), in_distress(), numbers.in_distress),
        _counted(_("Conversations"), Conversation.objects.count(), numbers.conversations),
        _answered(numbers.answered_within),
        _same(_("Webhooks in the journal, and delivered"), journalled(), scene.bodies),
        _same(_("Webhooks read and understood, and in the journal"), understood(), journalled()),
        _same(_("Messages here, and written on the phones"), arrived(scene), len(scene.written)),
        *_to_all(numbers),
        _ledger(),
    ]


def _to_all(numbers: Numbers) -> list[Check]:
    """How words to everybody went; nothing where the act sends none."""
    if not numbers.held:
        return []
    counted = (
        (_("Words to all that waited for her hours"), held(), numbers.held),
        (_("Words to all that may not leave now"), refused("alarmed"), numbers.refused),
        (_("Words to all that have no way to her"), refused("unreachable"), numbers.out_of_reach),
        (_("Sent outside her hours"), outside_her_hours(), 0),
    )
    return [_counted(what, now, wanted) for what, now, wanted in counted]


def reporters() -> int:
    """Reporters in a case whose person in distress is somebody else."""
    other = Member.objects.filter(case=OuterRef("case"), part=Part.IN_DISTRESS, until=None)
    told = Member.objects.filter(part=Part.REPORTER, until=None)
    speaking = told.filter(Exists(other.exclude(person=OuterRef("person"))))
    return speaking.values("person").distinct().count()


def in_distress() -> int:
    """Different people who are in distress in any case."""
    inside = Member.objects.filter(part=Part.IN_DISTRESS, until=None)
    return inside.values("person").distinct().count()


def held() -> int:
    """Letters of words to many that waited for somebody's safe hours."""
    letters = Letter.objects.values("message")
    return Attempt.objects.filter(message__in=letters).exclude(held_until=None).count()


def refused(why: str) -> int:
    """To how many the words could not be written, for this reason."""
    rows = Recipient.objects.filter(step=Step.REFUSED)
    return sum(row.outcome.get("why") == why for row in rows)


def outside_her_hours() -> int:
    """What left at a moment that her agreement does not allow; whatever was overridden counts."""
    count = 0
    for attempt in Attempt.objects.exclude(sent_at=None).select_related("message__conversation"):
        rule = agreed_with(attempt.message.conversation.person_id).rule
        sending = Sending("", attempt.started_at or attempt.queued_at, attempt.queued_at)
        count += may_reach(replace(rule, channels=frozenset()), sending).is_held
    return count


def journalled() -> int:
    """Webhook bodies in the journal: one row each, however often they came.

    SMS are left out, here and among those delivered: the gateway is also asked for its list, so
    that what it brought stands in the journal a second time.
    """
    return JournalEntry.objects.exclude(channel=Channel.SMS).count()


def understood() -> int:
    """How many of them were read, with nothing odd in them."""
    read = JournalEntry.objects.filter(reading=Reading.READ)
    return read.exclude(channel=Channel.SMS).count()


def arrived(scene: Scene) -> int:
    """How many of the messages written on the phones are here."""
    written = {digest_of(one.channel, one.account, one.id) for one in scene.written}
    return Message.objects.filter(way=Way.IN, provider_digest__in=written).count()


def longest_wait() -> tuple[dt.timedelta, bool] | None:
    """The longest anybody waited for a first answer, and whether somebody waits still."""
    threads = Conversation.objects.annotate(asked=_first(Way.IN), told=_first(Way.OUT))
    rows = threads.exclude(asked=None).values_list("asked", "told")
    waits = [(told or clock.now()) - asked for asked, told in rows]
    return (max(waits), any(told is None for _asked, told in rows)) if waits else None


def _first(way: Way) -> Subquery:
    rows = Message.objects.filter(conversation=OuterRef("pk"), way=way)
    return Subquery(rows.order_by("sent_at", "pk").values("sent_at")[:1])


def _counted(what: str, now: int, wanted: int) -> Check:
    standing = Standing.HOLDS if now == wanted else Standing.NOT_YET
    return Check(what, str(now), str(wanted), Standing.MORE if now > wanted else standing)


def _same(what: str, here: int, there: int) -> Check:
    """Two figures that must become one; what is still on its way is not lost."""
    standing = Standing.HOLDS if here == there else Standing.NOT_YET
    return Check(what, str(here), str(there), Standing.BROKEN if here > there else standing)


def _answered(within: dt.timedelta) -> Check:
    what, wanted = _("Longest wait for a first answer"), _in_minutes(within)
    found = longest_wait()
    if found is None:
        return Check(what, "–", wanted, Standing.NOT_YET)
    wait, is_waiting = found
    standing = Standing.NOT_YET if is_waiting else Standing.HOLDS
    return Check(what, _in_minutes(wait), wanted, Standing.BROKEN if wait > within else standing)


def _in_minutes(time: dt.timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _ledger() -> Check:
    verdict = verifier.verify()
    entries = ngettext("%(n)d entry", "%(n)d entries", verdict.entries) % {"n": verdict.entries}
    standing = Standing.HOLDS if verdict.is_good else Standing.BROKEN
    return Check(_("The ledger"), entries, _("whole"), standing)
