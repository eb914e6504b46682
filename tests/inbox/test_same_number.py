"""The same telephone number on two channels: people are asked whether it is one woman."""

import json

import pytest

from nyumbani.inbox.actions.journal import write_down
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from nyumbani.people.models.pairs import Pair
from nyumbani.people.terms import PairReason, PairStanding
from tests.inbox.bodies import BY, JULY, NAFULA, ZAWADI, open_doors, post, text
from tests.inbox.channels_open import BOT, open_sms, open_telegram, sms

pytestmark = pytest.mark.django_db
HERS = 218910000001  # as in NAFULA


@pytest.fixture(autouse=True)
def _doors(db):
    with clock.at(JULY):
        open_doors()
        open_sms()
        open_telegram()
        yield


def by_sms(number):
    write_down(channel="sms", body=sms(sender=number), by=BY)
    run_due()


def by_telegram(number, user=555):
    her = {"id": user, "is_bot": False, "first_name": "Nafula"}
    message = {
        "message_id": 7, "date": int(JULY.timestamp()), "from": her,
        "chat": {"id": user, "type": "private"},
        "contact": {"phone_number": number, "first_name": "Nafula", "user_id": user},
    }  # fmt: skip
    body = json.dumps({"update_id": 1, "message": message}).encode()
    write_down(channel="telegram", body=body, account=BOT, by=BY)
    run_due()


def test_whatsapp_and_sms_of_one_number_are_put_side_by_side():
    post(text(NAFULA, "Habari"))
    by_sms(f"+{HERS}")
    pair = Pair.objects.get()
    assert (pair.reason, pair.standing) == (PairReason.SAME_NUMBER, PairStanding.OPEN)
    assert Conversation.objects.filter(joined_to=None).count() == 2


def test_whichever_came_first():
    by_sms(f"+{HERS}")
    post(text(NAFULA, "Habari"))
    assert Pair.objects.get().reason == PairReason.SAME_NUMBER


def test_a_number_she_shares_on_telegram_is_known_as_well():
    post(text(NAFULA, "Habari"))
    by_telegram(f"{HERS}")
    assert Pair.objects.get().reason == PairReason.SAME_NUMBER


def test_other_numbers_are_nobodys_business():
    post(text(NAFULA, "Habari"))
    by_sms("+254711000009")
    post(text(ZAWADI, "no number at all"))
    assert not Pair.objects.exists()


def test_reading_it_again_asks_nobody_twice():
    post(text(NAFULA, "Habari"))
    for _ in range(2):
        by_sms(f"+{HERS}")
    assert Pair.objects.count() == 1
