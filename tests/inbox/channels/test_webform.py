"""A form of the public site: its words, whether she can be reached, and any bytes at all."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Kind, Name
from nyumbani.inbox.channels.knocking import Knock
from nyumbani.inbox.channels.outgoing import CannotSend
from nyumbani.inbox.channels.signature import sign
from tests.inbox.channels.odd import can_be_stored

pytestmark = pytest.mark.pure
patient = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORM = {
    "id": "01J0FORM", "written_at": "2014-07-14T08:03:00+03:00", "words": "Nisaidie", "about": "me",
    "phone": "+254 700 000 001", "safe_when": "after ten at night", "visitor": "ab12",
}  # fmt: skip
NAMES = [*FORM, "email", "website", "name"]


def parse(raw):
    return registry.channel("webform").parse(raw)


def read(**more):
    (event,) = parse(json.dumps({**FORM, **more}).encode())
    return event


def test_a_form_is_a_message_and_what_it_says_of_her_is_no_proof():
    event = read()
    assert (event.kind, event.text) == (Kind.MESSAGE, "Nisaidie")
    assert event.identifiers == (Name("form", "01J0FORM"),)  # never her number: anybody can type it
    assert event.data["form"]["safe_when"] == "after ten at night"
    assert event.notes == ("how to reach her is not verified: anybody can write it",)
    assert event.sent_at.hour == 5


def test_who_gives_no_way_to_answer_cannot_be_reached_and_it_is_said():
    assert "no way to answer was given: she cannot be reached" in read(phone="").notes


def test_a_form_about_somebody_else_says_so():
    assert "about somebody else" in read(about="somebody_else").notes


def test_a_machine_becomes_nobodys_thread_and_is_not_thrown_away():
    event = read(website="https://cheap.example")
    assert (event.kind, event.identifiers) == (Kind.NOT_UNDERSTOOD, ())
    assert event.data["raw"]["words"] == "Nisaidie"


def test_who_visited_is_not_kept_with_what_was_written():
    for event in (read(), read(website="x"), read(words="")):
        assert "ab12" not in json.dumps(event.data)


def test_only_what_our_site_signed_is_genuine():
    channel, body = registry.channel("webform"), json.dumps(FORM).encode()
    good = {"X-Nyumbani-Signature": sign(body, "site-key")}
    assert channel.is_genuine(Knock(body, good), {"site_key": "site-key"})
    for knock, secrets in (
        (Knock(body + b" ", good), {"site_key": "site-key"}),
        (Knock(body, {}), {"site_key": "site-key"}),
        (Knock(body, good), {"site_key": "other"}),
        (Knock(body, {"X-Nyumbani-Signature": sign(body, "")}), {"site_key": ""}),
    ):
        assert not channel.is_genuine(knock, secrets)


def test_nobody_is_answered_through_a_form():
    channel = registry.channel("webform")
    with pytest.raises(CannotSend):
        channel.text(account="a", to=Name("form", "1"), body="x", callback="y")
    assert registry.one_way() == ["webform"]


@given(st.binary(max_size=200) | st.binary(max_size=40).map(lambda raw: b'{"words":' + raw))
@patient
def test_any_bytes_give_one_event(raw):
    assert can_be_stored(parse(raw))
    assert len(parse(raw)) == 1


@given(
    st.dictionaries(
        st.sampled_from(NAMES) | st.text(max_size=4),
        st.none() | st.booleans() | st.integers() | st.text(max_size=60) | st.lists(st.text()),
    )
)
@patient
def test_any_form_gives_one_event_with_its_words(filled):
    events = parse(json.dumps(filled).encode("utf-8", "surrogatepass"))
    assert can_be_stored(events)
    assert len(events) == 1
