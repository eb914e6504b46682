"""What a platform reports of our messages: in any order, twice, or before we know their id."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_noop

from nyumbani.domain.delivery import REPORTED, State, higher
from nyumbani.inbox.actions.page import CannotPlace, Page, digest_of, reach
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import InboundEvent
from nyumbani.inbox.models.sending import Attempt, Report
from nyumbani.inbox.terms import AttemptState
from nyumbani.people.queries import owners_at
from nyumbani.vault import index

_TIME = {
    State.SENT: "sent_at",
    State.DELIVERED: "delivered_at",
    State.READ: "read_at",
    State.PLAYED: "played_at",
    State.FAILED: "failed_at",
}
_NO_REASON = gettext_noop("the platform gave no reason")


def take_status(event: InboundEvent, page: Page) -> None:
    """One of our messages was sent, delivered, read, played or failed."""
    if event.status not in REPORTED:
        raise CannotPlace(gettext_noop("a status we do not know"))
    key = index.digest(f"report|{event.channel}|{event.account}", event.key)
    if Report.objects.filter(key_digest=key).exists():
        return
    problem = event.problems[0] if event.problems else None
    report = Report(
        provider_digest=digest_of(event.channel, event.account, event.refers_to),
        callback=event.callback[:26], state=event.status, key_digest=key,
        at=event.sent_at or page.entry.received_at,
        code=problem.code if problem else None,
        # Our words for the code: the platform's may quote her number, and this is not sealed.
        why=registry.channel(event.channel).refused(problem.code).meaning if problem else "",
    )  # fmt: skip
    report.save(force_insert=True)
    attempt = attempt_of(report)
    if attempt is not None:
        apply(attempt, report, event.refers_to)
        attempt.save(force_update=True)


def take_watermark(event: InboundEvent, page: Page) -> None:
    """Everything we sent her before this moment was delivered or read.

    Each watermark covers all that went before: only what it tells something new of is touched.
    """
    at, state = event.sent_at or page.entry.received_at, State(event.status)
    name = _TIME[state]
    found = reach(event, event.identifiers)
    owners = set(owners_at(None, found, at).values())
    if not owners:
        raise CannotPlace(gettext_noop("it is about somebody we do not know"))
    attempts = Attempt.objects.filter(
        message__conversation__person__in=owners, message__account=page.account(event),
        sent_at__lte=at,
    ).filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": at}))  # fmt: skip
    for attempt in attempts:
        rise(attempt, state, at)
        attempt.save(force_update=True)


def confirm(attempt: Attempt, event: InboundEvent, digest: str, page: Page) -> None:
    """Our own message came back as an echo: it was sent, even if the answer never reached us."""
    if attempt.provider_digest is None:
        attempt.provider_digest, attempt.provider_id = digest, event.message_id
    rise(attempt, State.SENT, event.sent_at or page.entry.received_at)
    for report in Report.objects.filter(provider_digest=digest):  # what overtook the echo
        apply(attempt, report)
    attempt.save(force_update=True)


def attempt_of(report: Report) -> Attempt | None:
    """The attempt a report speaks of: by the platform's id, or by our own id coming back."""
    found = Attempt.objects.filter(provider_digest=report.provider_digest).first()
    if found is None and report.callback:
        found = Attempt.objects.filter(id=report.callback).first()
    return found


def apply(attempt: Attempt, report: Report, provider_id: str = "") -> None:
    """Let an attempt know what was reported; the caller saves it."""
    if attempt.provider_digest is None:
        attempt.provider_digest, attempt.provider_id = report.provider_digest, provider_id
    rise(attempt, State(report.state), report.at)
    if report.state == State.FAILED:
        attempt.code = report.code
        attempt.why = report.why or _NO_REASON


def rise(attempt: Attempt, state: State, at: dt.datetime) -> None:
    """Keep the earliest time of each state and the highest state of all."""
    name = _TIME[state]
    known = getattr(attempt, name)
    if known is None or at < known:
        setattr(attempt, name, at)
    attempt.state = AttemptState(higher(State(attempt.state), state))
    if state == State.FAILED and not attempt.why:
        attempt.why = _NO_REASON
