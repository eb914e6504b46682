"""Looking after our accounts: new secrets, a test, until when a token holds."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_noop

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.domain.answers import Answer
from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.doors import plan_poll
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.trials import Trial
from nyumbani.inbox.outlet import space_of
from nyumbani.inbox.terms import AttemptState
from nyumbani.jobs.actions import enqueue
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.queries import Reach
from nyumbani.vault import terms

WORDS = "Hello, this is a test."  # says nothing of who we are or what we do
TESTS_A_DAY = 5  # of one account: nobody is to try out whose number is known here
NOT_FOR_TESTS = gettext_noop("this address cannot be used for a test: take one of the office's own")
_STOPPED = gettext_noop("the sender stopped while sending")


class NotTested(Exception):
    """A test was not begun; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.why)
        self.answer = answer


@transaction.atomic
def renew(*, account: ChannelAccount, given: Mapping[str, str], by: Actor) -> None:
    """Give an account new secrets in place of those named; one that was stopped starts again."""
    record(by=by, verb="channel.renewed", about=f"channel:{account.id}", secrets=len(given))
    account.secrets = {**account.secrets, **given}
    account.stopped_at, account.stopped_why = None, ""
    account.token_until = account.token_asked_at = None
    account.save(
        update_fields=["secrets", "stopped_at", "stopped_why", "token_until", "token_asked_at"]
    )
    plan_poll(account=account, at=clock.now(), by=by)
    transaction.on_commit(doorkeeper.forget)  # other processes ask again within a minute


@transaction.atomic
def begin_test(*, account: ChannelAccount, to: str, by: Actor) -> Trial:
    """Have fixed words sent to an address of the house's own; raises NotTested.

    Never to anybody who has written to us: a test is no way round what was agreed with her. That
    refusal looks like one of an address that is none, so that it does not tell whose it is.
    """
    trial = Trial(
        id=ids.new(), seal_scope=terms.HOUSE, account=account, asked_at=clock.now(),
        asked_by_id=by.staff_id,
    )  # fmt: skip
    record(by=by, verb="channel.tested", about=f"channel:{account.id}", trial=trial.id)
    known = registry.channel(account.channel)
    if not known.reachable_by:
        raise NotTested(Answer.no("one_way"))
    lately = trial.asked_at - dt.timedelta(days=1)
    if Trial.objects.filter(account=account, asked_at__gt=lately).count() >= TESTS_A_DAY:
        raise NotTested(Answer.no("tested_enough"))
    trial.to_kind = known.reachable_by[0]
    trial.to = spelled(trial.to_kind, to)
    if not trial.to or _is_somebodys(to):
        # Kept, so that it counts and the ledger names who asked; the address is not.
        trial.to, trial.ended_at = "", trial.asked_at
        trial.state, trial.why = AttemptState.FAILED, NOT_FOR_TESTS
    trial.save(force_insert=True)
    if trial.state == AttemptState.QUEUED:
        enqueue(kind="inbox.test", data={"trial": trial.id}, by=by, max_attempts=2)
    return trial


@transaction.atomic
def start_test(*, trial_id: str, by: Doer) -> Trial | None:
    """Take a test in hand; None when it was before, and then nobody knows what became of it."""
    record(by=by, verb="channel.test_begun", about=f"trial:{trial_id}")
    trial = Trial.objects.select_for_update().get(id=trial_id)
    if trial.state == AttemptState.SENDING:
        _end(trial, AttemptState.UNKNOWN, None, _STOPPED)
    if trial.state != AttemptState.QUEUED:
        return None
    trial.state = AttemptState.SENDING
    trial.save(update_fields=["state"])
    return trial


@transaction.atomic
def end_test(
    *, trial: Trial, state: AttemptState, code: int | None = None, why: str = "", by: Doer
) -> None:
    """Write down what the platform said to a test."""
    record(by=by, verb="channel.test_ended", about=f"trial:{trial.id}", code=code or 0)
    _end(trial, state, code, why)


@transaction.atomic
def note_token(*, account: ChannelAccount, until: dt.datetime | None, by: Doer) -> None:
    """Remember until when a token holds, as the platform says; None: it does not end by itself."""
    record(by=by, verb="channel.token_asked", about=f"channel:{account.id}")
    account.token_until, account.token_asked_at = until, clock.now()
    account.save(update_fields=["token_until", "token_asked_at"])


def plan_tokens(*, by: Doer) -> int:
    """Ask once a day until when each token holds; returns how many are asked for."""
    lately = clock.now() - dt.timedelta(hours=20)
    rows = ChannelAccount.objects.filter(stopped_at=None).exclude(token_asked_at__gt=lately)
    return sum(_plan_token(row, by) for row in rows)


def spelled(kind: str, written: str) -> str:
    """An address as a channel writes it; empty if it cannot be one."""
    digits = "".join(sign for sign in written if sign in "0123456789")
    digits = digits.removeprefix("00")  # dialled so in place of "+"
    if kind in {"msisdn", "wa_id"} and digits.startswith("0"):
        return ""  # no country begins so: who is meant depends on where it is dialled
    if kind == "email":
        return written.strip().casefold() if "@" in written.strip("@ ") else ""
    if kind == "msisdn":
        return f"+{digits}" if 7 <= len(digits) <= 15 else ""
    return digits if 5 <= len(digits) <= 20 else ""


def _plan_token(account: ChannelAccount, by: Doer) -> bool:
    if registry.channel(account.channel).token_check is None:
        return False
    job = enqueue(
        kind="inbox.token", data={"account": account.id}, by=by, key=f"token:{account.id}",
        max_attempts=3,
    )  # fmt: skip
    return job is not None


def _is_somebodys(written: str) -> bool:
    """Whether this reaches, or ever reached, somebody: on any channel, however it is spelled."""
    found: set[str] = set()
    for row in ChannelAccount.objects.all():
        known = registry.channel(row.channel)
        space = space_of(row.channel, row.account)
        for kind in {*known.reachable_by, *known.numbers}:
            for value in _alike(spelled(kind, written)):
                found.add(Reach(space, kind, value).digest)
    return Identifier.objects.filter(digest__in=found).exists()


def _alike(address: str) -> set[str]:
    """An address, and the one whose box many servers put it into: rehema+test@ is rehema@."""
    box, at, domain = address.partition("@")
    return {address, f"{box.partition('+')[0]}{at}{domain}" if at else address} - {""}


def _end(trial: Trial, state: AttemptState, code: int | None, why: str) -> None:
    trial.state, trial.code, trial.why = state, code, why[:200]
    trial.ended_at = clock.now()
    trial.save(update_fields=["state", "code", "why", "ended_at"])
