"""Every error code of every channel, and what is done about it: so that none is forgotten.

`later` waits as long as it says after the first try; `never` waits for a person; `stop` stops the
channel and is shown to people; `closed` leaves templates alone to be sent.
"""

import datetime as dt

import pytest

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.messenger.refusals import RULES as MESSENGER
from nyumbani.inbox.channels.sms.refusals import RULES as SMS
from nyumbani.inbox.channels.telegram.refusals import BY_CODE as TELEGRAM
from nyumbani.inbox.channels.whatsapp.refusals import RULES as WHATSAPP

pytestmark = pytest.mark.pure
S, M, H = (dt.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))
NEVER, STOP, CLOSED = "never", "stop", "closed"

TABLE = {
    "whatsapp": {
        **dict.fromkeys((0, 190, 368, 131031), STOP),
        1: 30 * S, 2: 30 * S, 4: M, 80007: M, 130429: 2 * S, 131000: 30 * S, 131016: M,
        131048: H, 131049: 24 * H, 131053: M, 131056: 4 * S, 133016: H,
        131047: CLOSED,
        **dict.fromkeys(
            (10, 33, 100, 130472, 131005, 131008, 131009, 131021, 131026, 131030, 131042, 131045,
             131050, 131051, 131052, 131062, 132000, 132001, 132005, 132007, 132012, 132015,
             132016, 133010, 137000), NEVER,
        ),
    },
    "messenger": {
        **dict.fromkeys((0, 190, 368), STOP),
        1: 30 * S, 2: 30 * S, 4: M, 32: M, 613: M, 1200: 30 * S,
        **dict.fromkeys((10, 100, 200, 230, 551), NEVER),
    },
    "telegram": {
        **dict.fromkeys((401, 404), STOP), 409: M, 429: S, **dict.fromkeys((400, 403), NEVER),
    },
    "sms": {
        **dict.fromkeys((402, 405, 603), STOP), 407: 5 * M, 500: M, 501: M,
        **dict.fromkeys(
            (401, 403, 404, 406, 409, 502, 600, 601, 602, 604, 605, 606), NEVER
        ),
    },
}  # fmt: skip
ROWS = [(kind, code, done) for kind, codes in TABLE.items() for code, done in codes.items()]


@pytest.mark.parametrize(("kind", "code", "done"), ROWS, ids=str)
def test_each_code_is_answered_as_the_table_says(kind, code, done):
    refused = registry.channel(kind).refused(code)
    assert refused.meaning
    assert refused.stops_channel is (done == STOP)
    assert refused.window_closed is (done == CLOSED)
    wait = done if isinstance(done, dt.timedelta) else None
    assert refused.retry_after == wait


def test_no_code_we_have_a_rule_for_is_missing_in_the_table():
    known = {
        "whatsapp": {code for code, _ in WHATSAPP}, "messenger": {code for code, _ in MESSENGER},
        "telegram": set(TELEGRAM), "sms": {code for code, _ in SMS},
    }  # fmt: skip
    assert known == {kind: set(codes) for kind, codes in TABLE.items()}


@pytest.mark.parametrize("attempt", range(1, 9))
def test_too_many_to_one_person_waits_four_to_the_power_of_the_attempt(attempt):
    wait = registry.channel("whatsapp").refused(131056, attempt=attempt).retry_after
    assert wait == min(4**attempt * S, 6 * H)


@pytest.mark.parametrize("attempt", [1, 2, 7, 60])
def test_who_is_to_be_spared_is_not_written_to_again_before_a_day_has_passed(attempt):
    assert registry.channel("whatsapp").refused(131049, attempt=attempt).retry_after >= 24 * H


@pytest.mark.parametrize(
    ("status", "does"), [(429, "later"), (503, "later"), (400, "never"), (401, "stop")]
)
@pytest.mark.parametrize("kind", ["whatsapp", "messenger"])
def test_a_bare_status_without_a_code_is_judged_by_itself(kind, status, does):
    found = registry.channel(kind).answer(status, b"<html>")
    assert (found.retry_after is not None) is (does == "later")
    assert found.stops_channel is (does == "stop")
