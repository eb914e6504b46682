"""Through which of our accounts somebody is reached with words to many, and whether they may go.

Whether anything leaves is asked of the inbox's guard, as for every other message.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Max

from nyumbani.broadcasts.models import Broadcast, Letter, Recipient
from nyumbani.domain.answers import Answer
from nyumbani.domain.delivery import State
from nyumbani.domain.templates import blanks
from nyumbani.domain.to_many import Fate, fate_of_letter, language_for
from nyumbani.inbox.guard import Going, going, may_be_used
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.models.templates import TemplateWords
from nyumbani.inbox.outlet import way_to
from nyumbani.inbox.terms import WITHDRAWN, TemplateStatus, Way
from nyumbani.inbox.together import together
from nyumbani.people.agreed import agreed_with
from nyumbani.people.models.pairs import Pair
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import PairStanding


def would_go(
    thread: Conversation | None, text: str, now: dt.datetime, *,
    template: TemplateWords | None = None,
) -> Going:  # fmt: skip
    """Whether these words, one of many, may leave for her now; or this template in their place."""
    if thread is None:
        return Going(Answer.no("unreachable"))
    hers = together(thread)
    outlet = way_to(hers, first_way(thread))
    if template is None:
        return going(hers[0], outlet, text, now, is_automatic=True)
    usable = may_be_used(template, outlet.account)
    if not usable:
        return Going(usable)
    return going(hers[0], outlet, template.body, now, is_template=True, is_automatic=True)


def instead(row: Broadcast, person: Person) -> TemplateWords | None:
    """The approved words for somebody whose day is over: in her language, else in the fallback's.

    Only words without blanks go to many: what would fill them differs from one to the other.
    """
    whole = words_instead(row)
    if not whole:
        return None
    chosen = language_for(person.languages, whole.keys(), row.fallback)
    return whole.get(chosen.language)


def words_instead(row: Broadcast) -> dict[str, TemplateWords]:
    """All the approved words of its template that may go to many, by language."""
    if row.template_id is None:
        return {}
    approved = TemplateWords.objects.filter(
        template=row.template_id, status=TemplateStatus.APPROVED, is_plain=True
    ).select_related("template__account")
    return {one.language.partition("_")[0]: one for one in approved if not blanks(one.body)}


def first_way(thread: Conversation) -> ChannelAccount | None:
    """The account to write through; None: the one she wrote to last.

    Where another channel was agreed on, the newest of those she has written from.
    """
    found = _ways(thread)
    if not found or _is_agreed(thread, found[0]):
        return None
    return next_way(thread, {found[0].pk})


def next_way(thread: Conversation, used: Iterable[str]) -> ChannelAccount | None:
    """Another account she has written to, by her rule; None if there is no other."""
    hers, tried = together(thread), set(used)
    for account in _ways(thread):
        if account.pk in tried or account.stopped_at is not None:
            continue
        if _is_agreed(thread, account) and way_to(hers, account).reach is not None:
            return account
    return None


def twice(recipients: Sequence[Recipient]) -> set[str]:
    """Recipients who are somebody that stands before them in the list: joined, or found the same.

    Words go to each woman once, however many numbers and names she has.
    """
    people = [row.person_id for row in recipients]
    same: dict[str, set[str]] = {}
    rows = Pair.objects.filter(standing=PairStanding.SAME, left__in=people, right__in=people)
    for left, right in rows.values_list("left", "right"):
        same.setdefault(left, set()).add(right)
        same.setdefault(right, set()).add(left)
    seen, threads, found = set[str](), set[str](), set[str]()
    for row in recipients:
        thread = row.conversation
        main = (thread.joined_to_id or thread.pk) if thread else ""
        if same.get(row.person_id, set()) & seen or main in threads:
            found.add(row.pk)
        seen.add(row.person_id)
        threads |= {main} - {""}
    return found


def newest_attempts(recipient: Recipient) -> list[Attempt]:
    """The newest attempt of each letter to one person, in the order in which they were written."""
    return letters_to([recipient]).get(recipient.pk, [])


def letters_to(found: Sequence[Recipient]) -> dict[str, list[Attempt]]:
    """The newest attempt of each letter, by recipient."""
    written = list(Letter.objects.filter(recipient__in=found).order_by("recipient", "number"))
    newest: dict[str, Attempt] = {}
    attempts = Attempt.objects.filter(message__in=[one.message_id for one in written])
    for attempt in attempts.select_related("message").order_by("queued_at", "id"):
        newest[attempt.message_id] = attempt
    by_recipient: dict[str, list[Attempt]] = {}
    for letter in written:
        by_recipient.setdefault(letter.recipient_id, []).append(newest[letter.message_id])
    return by_recipient


def fate_of_attempt(attempt: Attempt, now: dt.datetime) -> Fate:
    """What became of one letter, by its newest attempt."""
    held = attempt.held_until is not None and attempt.held_until > now
    withdrawn = attempt.state == State.FAILED and attempt.why == WITHDRAWN
    return fate_of_letter(State(attempt.state), is_held=held, is_withdrawn=withdrawn)


def _ways(thread: Conversation) -> list[ChannelAccount]:
    """Our accounts she has written to, the newest first."""
    heard = (
        Message.objects.filter(conversation__in=together(thread), way=Way.IN)
        .order_by().values("account").annotate(last=Max("sent_at"))
    )  # fmt: skip
    last = {row["account"]: row["last"] for row in heard}
    return sorted(ChannelAccount.objects.filter(pk__in=last), key=lambda row: last[row.pk])[::-1]


def _is_agreed(thread: Conversation, account: ChannelAccount) -> bool:
    rules = (agreed_with(one.person_id).rule for one in together(thread))
    return all(not rule.channels or account.channel in rule.channels for rule in rules)
