"""What has become of it, person by person; who has not read is written to another way."""

import datetime as dt

import pytest

from nyumbani.broadcasts.actions.sending import begin, move_on, send_part, stop
from nyumbani.broadcasts.models import Letter, Recipient
from nyumbani.broadcasts.queries.board import board
from nyumbani.broadcasts.tasks import SENDER
from nyumbani.domain.to_many import Fate
from nyumbani.inbox.actions.writing import NotWritten
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock, ids
from nyumbani.people import actions as people
from nyumbani.people.queries import Reach
from tests.broadcasts.world import EN, agree, drafted, group
from tests.desk.world import INTAKE, MONDAY, at_desk, hear, messenger
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HOUR = dt.timedelta(minutes=60)


@pytest.fixture
def nafula(wanjiku):
    """She has written on Messenger, and last on WhatsApp."""
    case, (thread,) = group(wanjiku, "Nafula")
    page = messenger()
    people.add_reach(
        person=thread.person, reach=[Reach(f"messenger:{page.account}", "psid", "4200")],
        since=MONDAY, by=INTAKE,
    )  # fmt: skip
    hear(thread, "Habari", at=MONDAY - HOUR, account=page)
    thread.case = case
    return thread


@pytest.fixture
def row(nafula, wanjiku):
    made = drafted(wanjiku, nafula.case)
    begin(broadcast=made, by=actor(wanjiku))
    send_part(broadcast_id=made.pk, by=SENDER)
    made.refresh_from_db()
    return made


def becomes(state, attempt=None, **more) -> Attempt:
    attempt = attempt or Attempt.objects.order_by("queued_at", "id").last()
    attempt.state, attempt.provider_digest = state, ids.new()
    attempt.sent_at = attempt.sent_at or clock.now()
    for name, value in more.items():
        setattr(attempt, name, value)
    attempt.save()
    return attempt


def only(staff, row):
    (one,) = board(viewer(staff), row).rows
    return one


def later(minutes=60):
    return clock.at(MONDAY + dt.timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("state", "words"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("unknown", "not known")],
)
def test_the_board_says_what_became_of_each(row, wanjiku, state, words):
    becomes(state)
    page = at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
    assert words in page
    assert only(wanjiku, row).fate is Fate(state)


def test_a_failure_is_shown_with_its_reason_and_may_go_another_way_at_once(row, wanjiku):
    becomes("failed", why="she cannot be reached on this channel any more")
    one = only(wanjiku, row)
    assert (one.fate, one.next_channel) == (Fate.FAILED, "messenger")
    page = at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
    assert "cannot be reached on this channel" in page
    assert "Write through" in page


def test_who_has_not_read_after_an_hour_is_named_and_written_to_another_way(row, wanjiku):
    becomes("delivered")
    one = Recipient.objects.get()
    with later(59):
        assert not only(wanjiku, row).is_unread
        with pytest.raises(NotWritten):
            move_on(recipient=one, by=actor(wanjiku))
    with later(60):
        assert only(wanjiku, row).is_unread
        desk = at_desk(wanjiku)
        assert "Not read after 60 minutes" in desk.get(f"/to-many/{row.pk}/").content.decode()
        for _press in range(2):
            desk.post(f"/to-many/to/{one.pk}/next/")
        texts = [(m.account.channel, m.text) for m in Message.objects.filter(way=Way.OUT)]
        assert sorted(texts) == [("messenger", EN), ("whatsapp", EN)]
        assert Letter.objects.count() == 2
        shown = board(viewer(wanjiku), row)
        assert sum(shown.totals.values()) == len(shown.rows) == 1


def test_what_was_read_on_one_channel_is_read(row, wanjiku):
    first = becomes("delivered")
    with later():
        move_on(recipient=Recipient.objects.get(), by=actor(wanjiku))
        becomes("read", first)
        one = only(wanjiku, row)
        assert (one.fate, one.is_unread, one.letters) == (Fate.READ, False, 2)
        with pytest.raises(NotWritten) as refused:
            move_on(recipient=Recipient.objects.get(), by=actor(wanjiku))
    assert refused.value.answer.why == "still_hope"


def test_her_rule_closes_the_other_channel(row, nafula, wanjiku):
    becomes("delivered")
    agree(nafula, wanjiku, channels=frozenset({"whatsapp"}))
    with later():
        assert only(wanjiku, row).next_channel == ""
        with pytest.raises(NotWritten) as refused:
            move_on(recipient=Recipient.objects.get(), by=actor(wanjiku))
    assert refused.value.answer.why == "no_other_way"


def test_where_another_channel_was_agreed_on_it_is_the_first_way(nafula, wanjiku):
    agree(nafula, wanjiku, channels=frozenset({"messenger"}))
    made = drafted(wanjiku, nafula.case)
    begin(broadcast=made, by=actor(wanjiku))
    send_part(broadcast_id=made.pk, by=SENDER)
    assert [m.account.channel for m in Message.objects.filter(way=Way.OUT)] == ["messenger"]


def test_after_a_stop_nothing_goes_another_way(row, wanjiku):
    becomes("delivered")
    stop(broadcast=row, by=actor(wanjiku))
    with later(), pytest.raises(NotWritten):
        move_on(recipient=Recipient.objects.get(), by=actor(wanjiku))


def test_another_team_cannot_write_another_way(row, kamau):
    becomes("delivered")
    one = Recipient.objects.get()
    with later():
        assert at_desk(kamau).post(f"/to-many/to/{one.pk}/next/").status_code == 404
    assert Letter.objects.count() == 1
