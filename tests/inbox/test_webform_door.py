"""The public form's door: genuine, not too large, not too often, and what becomes of it."""

import json

import pytest
from django.core.cache import cache

from nyumbani.accounts.models import Counter
from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.doors import connect
from nyumbani.inbox.actions.writing import NotWritten, write_back
from nyumbani.inbox.channels.signature import sign
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.journal import JournalEntry
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.desk import world
from tests.inbox.bodies import BY, JULY
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "ufunguo-wa-tovuti-yetu-ya-umma"
VISITOR = "41.90.7.7"


@pytest.fixture
def site(client):
    """The public site: signs a form and posts it."""
    connect(channel="webform", account="help.example.org", label="Site",
            secrets={"site_key": KEY}, by=BY)  # fmt: skip
    doorkeeper.forget()
    cache.clear()

    def post(number=1, visitor=VISITOR, key=KEY, words="Nisaidie", **more):
        form = {"id": f"form-{number}", "words": words, "about": "me", "visitor": visitor, **more}
        body = json.dumps(form).encode()
        return client.post(
            "/hooks/webform/", body, content_type="application/json",
            headers={"X-Nyumbani-Signature": sign(body, key)},
        ).status_code  # fmt: skip

    with clock.at(JULY):
        yield post


def test_a_form_becomes_a_conversation_in_which_nobody_can_be_answered(site, wanjiku):
    assert site() == 200
    run_due()
    thread = Conversation.objects.get()
    assert thread.waiting_since is not None
    with pytest.raises(NotWritten) as refusal:
        write_back(thread=thread, text="Habari", by=actor(wanjiku))
    assert refusal.value.answer.why == "unreachable"


def test_its_page_says_what_she_wrote_and_that_she_cannot_be_reached(site, wanjiku):
    site(safe_when="after ten at night", phone="+254 700 000 001")
    run_due()
    person = Conversation.objects.get().person_id
    page = world.at_desk(wanjiku).get(f"/inbox/{person}/").content.decode()
    assert "after ten at night" in page
    assert "+254 700 000 001" in page
    assert "We have no number or account of hers on a channel of ours." in page


def test_a_stranger_is_turned_away_and_a_flood_too(site):
    assert site(key="wrong-key-wrong-key-wrong-key") == 403
    assert site(words="a" * 70_000) == 413
    assert not JournalEntry.objects.exists()


def test_a_visitor_has_ten_forms_an_hour_and_is_told_when_there_are_more(site):
    assert [site(number) for number in range(11)] == [200] * 10 + [429]
    assert site(99, visitor="another") == 200
    with clock.at(JULY.replace(hour=JULY.hour + 1)):
        assert site(12) == 200
    assert JournalEntry.objects.count() == 12


def test_where_a_visitor_came_from_is_stored_nowhere(site):
    site()
    run_due()
    kept = "".join(f"{row.cache_key}{row.value}" for row in Counter.objects.all())
    assert kept
    assert VISITOR not in kept


def test_the_same_form_twice_is_one(site):
    assert [site(), site()] == [200, 200]
    run_due()
    assert JournalEntry.objects.count() == 1
