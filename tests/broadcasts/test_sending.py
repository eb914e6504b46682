"""Words to many leave once to each, in parts, and stop when somebody says stop."""

import json

import pytest
from django.db import transaction

from nyumbani.audit.models import Entry
from nyumbani.broadcasts.actions.sending import NotBegun, begin, send_part, stop
from nyumbani.broadcasts.models import Letter, Recipient
from nyumbani.broadcasts.queries.board import board
from nyumbani.broadcasts.tasks import SENDER
from nyumbani.broadcasts.terms import A_PART
from nyumbani.cases.actions.group import Said, become, take_back
from nyumbani.cases.terms import CaseRole
from nyumbani.domain.groups.events import State
from nyumbani.domain.to_many import Fate
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries import attempts_in_doubt
from nyumbani.inbox.terms import Way
from nyumbani.jobs.models import Job
from nyumbani.people.actions import note_languages
from nyumbani.people.terms import Language
from tests.broadcasts.world import EN, SW, agree, drafted, group
from tests.desk.world import alarm, at_desk, case_with, hear, lets_in
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MANY = [f"Woman {number}" for number in range(A_PART + 5)]


class Killed(Exception):
    """The worker's process ended here."""


@transaction.atomic
def killed_while_sending(row) -> None:
    """What the queue's worker does with a part, ending before its transaction does."""
    send_part(broadcast_id=row.pk, by=SENDER)
    raise Killed


def sent() -> list[str]:
    return [row.text for row in Message.objects.filter(way=Way.OUT).order_by("id")]


def all_parts(row) -> int:
    parts = 1
    while send_part(broadcast_id=row.pk, by=SENDER):
        parts += 1
    return parts


def fates(staff, row) -> dict[str, Fate]:
    return {one.called.shown: one.fate for one in board(viewer(staff), row).rows}


def test_everybody_is_written_to_once_in_her_language(wanjiku):
    case, (nafula, _) = group(wanjiku, "Nafula", "Akinyi")
    note_languages(person=nafula.person, languages=[Language.SWAHILI], by=actor(wanjiku))
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    assert sorted(sent()) == sorted([EN, SW])
    row.refresh_from_db()
    assert row.state == "done"
    assert set(fates(wanjiku, row).values()) == {Fate.QUEUED}
    assert all(message.written_by == wanjiku for message in Message.objects.filter(way=Way.OUT))


def test_pressing_twice_sends_once(wanjiku):
    case, _ = group(wanjiku, "Nafula", "Akinyi")
    row, desk = drafted(wanjiku, case), at_desk(wanjiku)
    for _press in range(2):
        assert desk.post(f"/to-many/{row.pk}/send/").status_code == 302
    assert Job.objects.filter(kind="broadcasts.send").count() == 1
    all_parts(row)
    assert len(sent()) == Letter.objects.count() == 2
    all_parts(row)
    desk.post(f"/to-many/{row.pk}/send/")
    assert len(sent()) == 2


def test_a_worker_that_dies_in_the_middle_writes_to_nobody_twice(wanjiku):
    case, _ = group(wanjiku, *MANY)
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    assert send_part(broadcast_id=row.pk, by=SENDER)
    assert len(sent()) == A_PART
    with pytest.raises(Killed):
        killed_while_sending(row)
    assert len(sent()) == A_PART
    all_parts(row)
    assert len(sent()) == Attempt.objects.count() == len(MANY)
    assert sum(board(viewer(wanjiku), row).totals.values()) == len(MANY)


def test_a_stop_in_the_middle_keeps_back_what_has_not_left(wanjiku):
    case, _ = group(wanjiku, *MANY)
    row, desk = drafted(wanjiku, case), at_desk(wanjiku)
    begin(broadcast=row, by=actor(wanjiku))
    send_part(broadcast_id=row.pk, by=SENDER)
    gone = Attempt.objects.order_by("id").first()
    gone.state = "sending"
    gone.save()
    page = desk.post(f"/to-many/{row.pk}/stop/", follow=True).content.decode()
    assert f"Kept back to people you may know of: {len(MANY) - 1} letters" in page
    assert not send_part(broadcast_id=row.pk, by=SENDER)
    row.refresh_from_db()
    assert row.state == "stopped"
    figures = board(viewer(wanjiku), row).totals
    assert figures == {Fate.QUEUED: 1, Fate.WITHDRAWN: len(MANY) - 1}
    assert not attempts_in_doubt(viewer(wanjiku)).exists(), "nobody has to look after these"
    assert stop(broadcast=row, by=actor(wanjiku)) == 0


def test_a_duress_word_between_looking_and_sending_stops_it_for_her_alone(wanjiku):
    case, (nafula, _) = group(wanjiku, "Nafula", "Akinyi")
    row = drafted(wanjiku, case)
    at_desk(wanjiku).get(f"/to-many/{row.pk}/")
    alarm(hear(nafula, "mango"))
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    assert fates(wanjiku, row) == {"Nafula": Fate.REFUSED, "Akinyi": Fate.QUEUED}
    assert "duress word came" in at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()


def test_who_was_lost_meanwhile_is_not_written_to_as_one_of_many(wanjiku):
    case, (nafula, _) = group(wanjiku, "Nafula", "Akinyi")
    row = drafted(wanjiku, case)
    said = Said(whose_word="the escort", why="since the checkpoint")
    became = become(case=case, person=nafula.person, state=State.LOST, said=said, by=actor(wanjiku))
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    assert fates(wanjiku, row) == {"Nafula": Fate.REFUSED, "Akinyi": Fate.QUEUED}
    assert "others may hold her telephone" in (
        at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
    )
    take_back(event=became, why="she was asleep in the bus", by=actor(wanjiku))
    again = drafted(wanjiku, case)
    begin(broadcast=again, by=actor(wanjiku))
    all_parts(again)
    assert fates(wanjiku, again)["Nafula"] == Fate.QUEUED


def test_who_wants_only_to_be_answered_is_not_written_to_though_she_wrote_just_now(wanjiku):
    case, (nafula,) = group(wanjiku, "Nafula")
    agree(nafula, wanjiku, is_never_begun_by_us=True)
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    assert sent() == []
    assert fates(wanjiku, row) == {"Nafula": Fate.REFUSED}


def test_she_goes_on_waiting_for_an_answer_to_what_she_asked(wanjiku):
    case, (nafula,) = group(wanjiku, "Nafula")
    before = Conversation.objects.get(pk=nafula.pk).waiting_since
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    assert sent() == [EN]
    assert before is not None
    assert Conversation.objects.get(pk=nafula.pk).waiting_since == before


def test_who_came_into_another_teams_case_meanwhile_is_not_written_to(wanjiku, kamau):
    from nyumbani.cases.models.members import Member
    from nyumbani.kit import clock

    case, (nafula, _) = group(wanjiku, "Nafula", "Akinyi")
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    Member.objects.filter(person=nafula.person).update(until=clock.now())
    case_with(kamau, nafula)
    all_parts(row)
    assert len(sent()) == 1
    assert set(fates(wanjiku, row)) == {"Akinyi"}, "and is not shown any more"


def test_words_that_could_betray_somebody_do_not_leave_without_a_reason(wanjiku):
    case, _ = group(wanjiku, "Nafula")
    row = drafted(wanjiku, case, en="The police come, Nafula")
    desk = at_desk(wanjiku)
    page = desk.post(f"/to-many/{row.pk}/send/").content.decode()
    assert "could betray" in page
    assert "<bdi>Nafula</bdi> ·" in page
    assert sent() == []
    desk.post(f"/to-many/{row.pk}/send/", {"why": "They asked for it by their code word"})
    row.refresh_from_db()
    assert (row.state, row.kinds_let_stand) == ("going", "name.subject")
    assert row.let_stand_why.startswith("They asked")
    (entry,) = Entry.objects.filter(verb="words.let_stand")
    assert json.loads(bytes(entry.body))["kinds"] == "name.subject"


def test_who_does_not_lead_the_case_may_not_let_such_words_stand(wanjiku, kamau):
    case, _ = group(wanjiku, "Nafula")
    lets_in(case, wanjiku, kamau, CaseRole.TEAM)
    row = drafted(kamau, case, en="The police come")
    with pytest.raises(NotBegun) as refused:
        begin(broadcast=row, by=actor(kamau), why="It is urgent")
    assert refused.value.answer.why == "not_yours_to_let_stand"
    page = at_desk(kamau).post(f"/to-many/{row.pk}/send/", {"why": "urgent"}).content.decode()
    assert "Only who leads" in page
    assert sent() == []


def test_a_person_without_a_conversation_is_refused_on_the_board_with_the_reason(wanjiku):
    from nyumbani.cases.actions import join
    from nyumbani.cases.terms import Part
    from nyumbani.kit import clock
    from nyumbani.people import actions as people

    case, _ = group(wanjiku, "Nafula")
    nobody = people.meet(at=clock.now(), by=SENDER)
    join(case=case, person=nobody, part=Part.IN_DISTRESS, by=actor(wanjiku))
    row = drafted(wanjiku, case)
    begin(broadcast=row, by=actor(wanjiku))
    all_parts(row)
    figures = board(viewer(wanjiku), row).totals
    assert figures == {Fate.QUEUED: 1, Fate.REFUSED: 1}
    assert Recipient.objects.count() == 2
    page = at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
    assert "no number or account of hers" in page
