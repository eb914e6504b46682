"""Before anything leaves, the page says of each person what would become of it."""

import datetime as dt

import pytest

from nyumbani.audit.models import Entry
from nyumbani.broadcasts.models import Broadcast, Recipient
from nyumbani.broadcasts.queries import foreseen
from nyumbani.broadcasts.terms import Aim
from nyumbani.cases.actions import join
from nyumbani.cases.terms import Part
from nyumbani.domain.safe_contact import SafeTime
from nyumbani.domain.to_many import Outlook, outlooks
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.terms import Way
from nyumbani.kit import clock
from nyumbani.people import actions as people
from nyumbani.people.actions import note_languages
from nyumbani.people.terms import Language, PairReason, PairStanding
from tests.broadcasts.world import EN, SW, agree, drafted, group
from tests.desk.world import INTAKE, MONDAY, alarm, at_desk, case_with, hear, lets_in
from tests.people_here import actor, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATER = (SafeTime(frozenset(range(7)), dt.time(20), dt.time(22)),)
GIVEN = {
    "subject": "Is it safe?", "aim": "group", "parts": ["in_distress"], "fallback": "en",
    "patience": "60", "text_en": EN,
}  # fmt: skip


def kinds(staff, row) -> dict[str, Outlook]:
    return {one.called.shown: one.outlook for one in foreseen(viewer(staff), row)}


def test_each_person_is_foreseen_with_the_reason_and_the_figures_add_up(wanjiku):
    case, (nafula, akinyi, wambui, atieno, zuhura) = group(
        wanjiku, "Nafula", "Akinyi", "Wambui", "Atieno", "زهرة"
    )
    agree(akinyi, wanjiku, times=LATER)
    agree(wambui, wanjiku, is_never_begun_by_us=True)
    alarm(hear(atieno, "mango"))
    silent = hear(zuhura, "x", at=MONDAY)
    with clock.at(MONDAY + dt.timedelta(hours=25)):
        for thread in (nafula, akinyi, wambui, atieno):
            hear(thread, "Still here")
        row = drafted(wanjiku, case)
        assert silent
        assert kinds(wanjiku, row) == {
            "Nafula": Outlook.NOW, "Akinyi": Outlook.HELD, "Wambui": Outlook.REFUSED,
            "Atieno": Outlook.ALARM, "زهرة": Outlook.TEMPLATE,
        }  # fmt: skip
        found = foreseen(viewer(wanjiku), row)
        assert sum(outlooks(one.outlook for one in found).values()) == len(found) == 5
        page = at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()
    assert "we only answer" in page
    assert "duress word" in page.lower()
    assert "<bdi>زهرة</bdi>" in page
    assert "her clock" in page
    assert "20:00" in page
    assert not Message.objects.filter(way=Way.OUT).exists()


def test_a_person_without_any_channel_is_shown_and_not_lost(wanjiku):
    case, _ = group(wanjiku, "Nafula")
    nobody = people.meet(at=clock.now(), by=INTAKE)
    join(case=case, person=nobody, part=Part.IN_DISTRESS, by=actor(wanjiku))
    row = drafted(wanjiku, case)
    assert kinds(wanjiku, row) == {"Nafula": Outlook.NOW, str(nobody): Outlook.REFUSED}


def test_one_woman_who_stands_in_the_group_twice_is_written_to_once(wanjiku):
    case, (one, other) = group(wanjiku, "Nafula", "Nafula again")
    people.put_side_by_side(
        one=one.person_id, other=other.person_id, reason=PairReason.SAME_NUMBER, by=INTAKE
    )
    from nyumbani.people.models.pairs import Pair

    pair = Pair.objects.get()
    people.decide_pair(pair=pair, standing=PairStanding.SAME, by=actor(wanjiku))
    row = drafted(wanjiku, case)
    found = foreseen(viewer(wanjiku), row)
    assert [one.outlook for one in found] == [Outlook.NOW, Outlook.REFUSED]
    assert "another number of hers" in at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()


def test_an_empty_group_is_said_to_be_empty_and_cannot_be_sent(wanjiku):
    case = case_with(wanjiku)
    row = drafted(wanjiku, case)
    desk = at_desk(wanjiku)
    assert "Nobody is meant" in desk.get(f"/to-many/{row.pk}/").content.decode()
    assert "Nobody is meant" in desk.post(f"/to-many/{row.pk}/send/").content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_each_gets_her_language_and_who_speaks_none_the_fallback(wanjiku):
    case, (nafula, _akinyi) = group(wanjiku, "Nafula", "Akinyi")
    note_languages(
        person=nafula.person, languages=[Language.LUO, Language.SWAHILI], by=actor(wanjiku)
    )
    found = foreseen(viewer(wanjiku), drafted(wanjiku, case))
    assert [(one.chosen.language, one.chosen.why) for one in found] == [
        ("sw", "hers"), ("en", "fallback"),
    ]  # fmt: skip


def test_words_to_many_are_written_on_a_page_and_changed_on_another(wanjiku):
    case, _ = group(wanjiku, "Nafula")
    desk = at_desk(wanjiku)
    answer = desk.post("/to-many/new/", GIVEN | {"case": case.pk})
    row = Broadcast.objects.get()
    assert answer.url == f"/to-many/{row.pk}/"
    page = desk.get(f"/to-many/{row.pk}/words/").content.decode()
    assert f"{EN}</textarea>" in page
    assert f'<bdi class="num">{len(EN)}</bdi> characters' in page
    desk.post(f"/to-many/{row.pk}/words/", GIVEN | {"text_sw": SW})
    assert SW in desk.get(f"/to-many/{row.pk}/").content.decode()
    assert Recipient.objects.count() == 1
    assert "Is it safe?" in desk.get("/to-many/").content.decode()
    assert "Is it safe?" in desk.get(f"/cases/{case.pk}/to-many/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"case": ""}, "case"), ({"parts": []}, "parts"), ({"aim": "silent"}, "days"),
        ({"aim": "language"}, "language"), ({"text_en": " "}, "fallback"),
        ({"subject": ""}, "subject"),
    ],
)  # fmt: skip
def test_what_is_missing_comes_back_with_its_reason(wanjiku, change, field):
    case, _ = group(wanjiku, "Nafula")
    answer = at_desk(wanjiku).post("/to-many/new/", GIVEN | {"case": case.pk} | change)
    assert field in answer.context["form"].errors
    assert not Broadcast.objects.exists()


def test_a_phrase_fills_every_language(wanjiku):
    page = at_desk(wanjiku).get("/to-many/new/?phrase=food").content.decode()
    assert "Do you have food and water?</textarea>" in page
    assert "هل لديك طعام وماء؟</textarea>" in page


@pytest.mark.parametrize(
    ("aim", "value", "names"),
    [
        (Aim.WAITING, "", {"Nafula", "Akinyi"}),
        (Aim.SILENT, "2", {"Wambui"}),
        (Aim.LANGUAGE, "ar", {"Akinyi"}),
        (Aim.MINE, "", {"Nafula"}),
    ],
)
def test_a_filter_finds_only_whom_one_may_write_about(wanjiku, kamau, aim, value, names):
    _, (nafula, akinyi, wambui) = group(wanjiku, "Nafula", "Akinyi", "Wambui")
    _, (hidden,) = group(kamau, "Zuhura")
    for thread in (akinyi, hidden):
        note_languages(person=thread.person, languages=[Language.ARABIC], by=actor(wanjiku))
    for thread in (nafula, hidden):
        thread.owner = wanjiku
        thread.save(update_fields=["owner"])
    wambui.heard_at, wambui.waiting_since = MONDAY - dt.timedelta(days=3), None
    hidden.heard_at = MONDAY - dt.timedelta(days=3)
    for thread in (wambui, hidden):
        thread.save()
    row = drafted(wanjiku, aim=aim, value=value)
    assert set(kinds(wanjiku, row)) == names
    assert "Zuhura" not in at_desk(wanjiku).get(f"/to-many/{row.pk}/").content.decode()


def test_what_a_filter_found_is_seen_by_who_asked_alone(wanjiku, otieno):
    group(wanjiku, "Nafula")
    row = drafted(wanjiku, aim=Aim.WAITING, value="")
    assert at_desk(otieno).get(f"/to-many/{row.pk}/").status_code == 404
    assert "Is it safe?" not in at_desk(otieno).get("/to-many/").content.decode()


def test_another_team_finds_nothing_and_can_do_nothing(wanjiku, kamau):
    case, _ = group(wanjiku, "Nafula")
    row, desk = drafted(wanjiku, case), at_desk(kamau)
    one = Recipient.objects.get()
    assert desk.get(f"/to-many/{row.pk}/").status_code == 404
    assert desk.get(f"/to-many/{row.pk}/words/").status_code == 404
    for address in (f"{row.pk}/send", f"{row.pk}/stop", f"to/{one.pk}/next"):
        assert desk.post(f"/to-many/{address}/").status_code == 404
    assert desk.post("/to-many/new/", GIVEN | {"case": case.pk}).context["form"].errors


def test_who_left_the_case_is_neither_shown_nor_counted_to_who_may_not_know_her(wanjiku, kamau):
    case, (_nafula, akinyi) = group(wanjiku, "Nafula", "Akinyi")
    lets_in(case, wanjiku, kamau)
    row = drafted(wanjiku, case)
    from nyumbani.cases.models.members import Member

    Member.objects.filter(person=akinyi.person).update(until=clock.now())
    case_with(wanjiku, akinyi)
    assert set(kinds(kamau, row)) == {"Nafula"}
    page = at_desk(kamau).get(f"/to-many/{row.pk}/").content.decode()
    assert "Akinyi" not in page
    assert '<bdi class="num">1</bdi> people' in page.replace("\n", "")


def test_looking_is_written_down_without_a_word_of_it(wanjiku):
    case, _ = group(wanjiku, "Nafula")
    row = drafted(wanjiku, case)
    at_desk(wanjiku).get(f"/to-many/{row.pk}/")
    assert Entry.objects.filter(verb="broadcast.seen").count() == 1
    lines = Entry.objects.filter(verb__contains="broadcast")
    assert not any(b"safe" in bytes(one.body) for one in lines)
