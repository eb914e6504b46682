"""What comes late, and what comes in one second: nobody is overlooked, nothing changes places."""

import pytest

from nyumbani.accounts.viewers import Viewer
from nyumbani.drill.wire import messenger
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.actions.writing import write_back
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.queries import listing, messages, waiting_threads
from nyumbani.inbox.queries.lines import lines, stamp
from nyumbani.inbox.queries.tallies import tallies
from nyumbani.inbox.terms import Show
from nyumbani.kit import clock
from nyumbani.kit.paging import page
from tests.inbox.bodies import BY, JULY, MINUTE, NAFULA, PAGE, open_doors, post, say, text
from tests.people_here import actor

pytestmark = pytest.mark.django_db
LATER = JULY + 10 * MINUTE


@pytest.fixture(autouse=True)
def doors(db, settings):
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"
    open_doors()


@pytest.fixture
def viewer(wanjiku):
    from nyumbani.accounts.terms import Role

    return Viewer(wanjiku.pk, wanjiku.display_name, frozenset({Role.CASEWORKER}))


def thread():
    return Conversation.objects.get()


def receive(*items, at):
    with clock.at(at):
        return post(*items)


def answer(staff, at, words="Where are you?"):
    with clock.at(at):
        write_back(thread=thread(), text=words, by=actor(staff))


def echo(words, sent, received, key="m_e"):
    item = messenger.item(
        PAGE, "5001", sent, {"message": {"mid": key, "text": words, "is_echo": True}}
    )
    item.shape["sender"], item.shape["recipient"] = {"id": PAGE.account}, {"id": "5001"}
    return receive(item, at=received)


# late


def test_a_message_sent_before_our_answer_and_received_after_it_makes_her_wait(wanjiku, viewer):
    receive(text(NAFULA, "Habari"), at=JULY)
    answer(wanjiku, LATER)
    assert thread().waiting_since is None
    receive(text(NAFULA, "He has a knife", JULY + MINUTE), at=LATER + MINUTE)
    assert thread().waiting_since == JULY + MINUTE
    assert thread().last_line == "Where are you?"
    with clock.at(LATER + MINUTE):
        assert list(waiting_threads(viewer)) == [thread()]
        assert list(listing.shown(viewer, Show.WAITING)) == [thread()]


def test_our_next_answer_ends_her_waiting(wanjiku):
    receive(text(NAFULA, "Habari"), at=JULY)
    answer(wanjiku, LATER)
    receive(text(NAFULA, "He has a knife", JULY + MINUTE), at=LATER + MINUTE)
    answer(wanjiku, LATER + 2 * MINUTE, "We are calling")
    assert thread().waiting_since is None


def test_open_pages_learn_of_a_late_message_even_where_she_waits_already(wanjiku, viewer):
    receive(text(NAFULA, "Habari"), at=JULY)
    receive(text(NAFULA, "Are you there?", LATER), at=LATER)

    def stamps():
        with clock.at(LATER + MINUTE):
            rows = list(messages(viewer, thread()).order_by("-sent_at")[:1])
            shown = lines(viewer, thread(), rows, is_oldest=False)
            seen = listing.glance(viewer, list(listing.shown(viewer, Show.ALL)))
            mark = listing.stamp(viewer, seen, tallies(viewer))
            return mark, stamp(viewer, shown, thread())

    before = stamps()
    assert stamps() == before
    receive(text(NAFULA, "He has a knife", JULY + MINUTE), at=LATER + MINUTE)
    assert all(new != old for new, old in zip(stamps(), before, strict=True))


def test_what_our_own_page_answered_is_answered_even_if_both_come_late():
    receive(say("5001", "Hallo"), at=LATER)
    echo("We are here", JULY + MINUTE, LATER + MINUTE)
    assert thread().waiting_since is None


def test_what_comes_after_an_echo_was_not_read_by_who_wrote_the_echo():
    receive(say("5001", "Hallo"), at=JULY)
    echo("We are here", JULY + 2 * MINUTE, JULY + 3 * MINUTE)
    receive(say("5001", "He has a knife", JULY + MINUTE), at=LATER)
    assert thread().waiting_since == JULY + MINUTE


def test_a_late_echo_does_not_answer_what_was_written_after_it():
    receive(say("5001", "Hallo"), at=JULY)
    receive(say("5001", "Are you there?", LATER), at=LATER)
    echo("We are here", JULY + MINUTE, LATER + MINUTE)
    assert thread().waiting_since == LATER


# one second


def words(viewer):
    with clock.at(LATER):
        found = list(messages(viewer, thread()))
        return [line.text for line in lines(viewer, thread(), found, is_oldest=True)]


NUMBERS = [str(n) for n in range(12)]


def test_what_was_written_in_one_second_stands_in_the_order_it_came(viewer):
    receive(*(text(NAFULA, n, key=f"wamid.{n}") for n in NUMBERS[:8]), at=JULY + MINUTE)
    for n in NUMBERS[8:]:
        receive(text(NAFULA, n, key=f"wamid.{n}"), at=JULY + int(n) * MINUTE)
    assert words(viewer) == NUMBERS
    assert thread().last_line == "11"


def test_pages_of_one_second_meet_every_message_once_and_in_order(viewer):
    receive(*(text(NAFULA, n, key=f"wamid.{n}") for n in NUMBERS), at=JULY + MINUTE)
    met, cursor = [], None
    while True:
        here = page(messages(viewer, thread()), by="sent_at", then="place", cursor=cursor, size=5)
        met += [message.text for message in here.items]
        cursor = here.older
        if cursor is None:
            break
    assert met == NUMBERS[::-1]


def test_the_list_shows_the_last_of_one_second_also_when_an_earlier_body_is_read_later(viewer):
    from nyumbani.drill.wire import envelopes
    from nyumbani.inbox.actions.journal import write_down

    entries = []
    for minute, words_ in enumerate(["first", "second"]):
        with clock.at(JULY + minute * MINUTE):
            body = envelopes.body([text(NAFULA, words_, key=f"wamid.{words_}")], JULY)
            entries.append(write_down(channel="whatsapp", body=body, by=BY))
    for entry in reversed(entries):
        read_entry(entry_id=entry, by=BY)
    assert words(viewer) == ["first", "second"]
    assert thread().last_line == "second"
    with clock.at(LATER):
        [row] = listing.rows(viewer, [thread()])
    assert row.line == "second"


def test_reading_again_moves_nothing():
    entry = receive(*(text(NAFULA, n, key=f"wamid.{n}") for n in NUMBERS), at=JULY)
    before = list(Message.objects.order_by("id").values_list("id", "place"))
    Message.objects.all().delete()
    read_entry(entry_id=entry, by=BY)
    assert list(Message.objects.order_by("id").values_list("id", "place")) == before
    assert thread().waiting_since == JULY
