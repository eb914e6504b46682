"""Who may read a chat: with a case its team; without one who brought it in, and coordinators."""

import pytest
from django.urls import reverse

from nyumbani.accounts.terms import Role
from nyumbani.cases import actions as cases
from nyumbani.chats.models import ChatExport
from tests.chats.brought import everything_in, read, text_of, told
from tests.desk.world import at_desk, case_with
from tests.people_here import actor, new_staff

pytestmark = pytest.mark.django_db
GUESSED = "01J00000000000000000000000"


def addresses(things):
    chat, export, sender = things["chat"], things["export"], things["sender"]
    return [
        reverse("chats:chat", args=[chat]), reverse("chats:people", args=[chat]),
        reverse("chats:say-who", args=[chat, sender]), reverse("chats:export", args=[export]),
        reverse("chats:export-news", args=[export]), reverse("chats:original", args=[export]),
        reverse("chats:file", args=[things["chat_file"]]),
    ]  # fmt: skip


def acts(things):
    chat, export, sender = things["chat"], things["export"], things["sender"]
    return [
        (reverse("chats:say-who", args=[chat, sender]), {"number": ""}),
        (reverse("chats:take-back", args=[chat, sender]), {}),
        (reverse("chats:answer", args=[export]), {"order": "dmy"}),
        (reverse("chats:stop", args=[export]), {}),
        (reverse("chats:again", args=[export]), {}),
    ]


def answers(staff, things):
    desk = at_desk(staff)
    found = [desk.get(one) for one in addresses(things)]
    found += [desk.post(one, data) for one, data in acts(things)]
    for answer in found:
        list(answer)  # read to its end, as a browser does
    return {answer.status_code for answer in found}


def test_without_a_case_who_brought_it_in_and_coordinators_read_it(
    tmp_path, wanjiku, kamau, otieno, amina, mutiso
):
    things = everything_in(tmp_path, by=actor(wanjiku))
    for staff in (wanjiku, otieno):
        assert answers(staff, things) <= {200, 302}
    for staff in (kamau, amina, mutiso):
        assert answers(staff, things) == {404}


def test_what_came_by_the_command_without_a_case_is_for_coordinators(tmp_path, wanjiku, otieno):
    things = everything_in(tmp_path)
    assert answers(wanjiku, things) == {404}
    assert answers(otieno, things) <= {200, 302}


def test_a_coordinator_outside_the_case_reads_no_chat_of_it(tmp_path, wanjiku, otieno):
    case = case_with(wanjiku)
    things = everything_in(tmp_path, case=case, by=actor(wanjiku))
    assert answers(otieno, things) == {404}
    listed = at_desk(otieno).get("/chats/").content.decode()
    assert things["chat"] not in listed
    assert things["chat"] in at_desk(wanjiku).get("/chats/").content.decode()


def test_whoever_leaves_the_case_reads_its_chat_no_longer_though_they_brought_it(
    tmp_path, wanjiku, kamau
):
    case = case_with(wanjiku)
    cases.assign(case=case, to=kamau, by=actor(wanjiku))
    things = everything_in(tmp_path, case=case, by=actor(kamau))
    assert answers(kamau, things) <= {200, 302}
    cases.take_off(case=case, staff=kamau, by=actor(wanjiku))
    assert answers(kamau, things) == {404}


def test_through_broken_glass_one_looks_and_writes_nothing(tmp_path, wanjiku, amina):
    case = case_with(wanjiku)
    things = everything_in(tmp_path, case=case, by=actor(wanjiku))
    cases.break_glass(case=case, reason="nobody answers her", by=actor(amina))
    desk = at_desk(amina)
    assert desk.get(reverse("chats:chat", args=[things["chat"]])).status_code == 200
    assert {desk.post(one, data).status_code for one, data in acts(things)} == {403}


def test_a_chat_that_is_not_there_looks_like_one_that_may_not_be_known(tmp_path, wanjiku, kamau):
    things = everything_in(tmp_path, by=actor(wanjiku))
    desk = at_desk(kamau)
    known = desk.get(reverse("chats:chat", args=[things["chat"]]))
    guessed = desk.get(reverse("chats:chat", args=[GUESSED]))
    assert known.content == guessed.content


def test_who_does_not_answer_messages_brings_nothing_in(tmp_path):
    trainer = new_staff("njeri", "Njeri", Role.TRAINER)
    desk = at_desk(trainer)
    assert desk.get("/chats/").status_code == 200
    assert desk.get("/chats/bring/").status_code == 404
    with (tmp_path / "a.txt").open("wb") as out:
        out.write(text_of(told(3)))
    with (tmp_path / "a.txt").open("rb") as file:
        answer = desk.post("/chats/bring/", {"file": file, "zone": "Africa/Tripoli"})
    assert answer.status_code == 404
    assert not ChatExport.objects.exists()


def test_a_case_one_does_not_work_on_takes_nothing_in(tmp_path, wanjiku, kamau):
    case = case_with(wanjiku)
    (tmp_path / "a.txt").write_bytes(text_of(told(3)))
    with (tmp_path / "a.txt").open("rb") as file:
        answer = at_desk(kamau).post(
            "/chats/bring/", {"file": file, "zone": "Africa/Tripoli", "case": case.pk}
        )
    assert answer.status_code == 200
    assert "case" in answer.context["form"].errors
    assert not ChatExport.objects.exists()


def test_two_cases_never_share_a_chat(tmp_path, wanjiku):
    one, other = case_with(wanjiku), case_with(wanjiku)
    content = text_of(told(30))
    first = read(tmp_path, content, case=one, by=actor(wanjiku))
    second = read(tmp_path, content, case=other, by=actor(wanjiku))
    assert first.chat != second.chat
    assert {first.seal_scope, second.seal_scope} == {f"case:{one.pk}", f"case:{other.pk}"}
