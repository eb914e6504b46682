"""Labels: the house's own words, put on conversations by who may write about the person."""

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.inbox.models.labels import ConversationLabel, Label
from nyumbani.inbox.terms import LabelKind
from tests.desk.world import at_desk, case_with, hear, label, lets_in, somebody
from tests.people_here import new_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def rehema(db):
    thread = somebody("Rehema")
    hear(thread, "He took her passport")
    return thread


def page_of(thread):
    return f"/inbox/{thread.person_id}/"


def test_a_coordinator_gives_the_house_a_label(otieno):
    answered = at_desk(otieno).post("/inbox/labels/", {"name": " Call  back ", "kind": "warn"})
    assert answered["Location"] == "/inbox/labels/"
    made = Label.objects.get()
    assert (made.name, made.kind, made.made_by) == ("Call back", "warn", otieno)
    assert Entry.objects.filter(verb="label.made", about=f"label:{made.pk}").count() == 1


def test_nobody_else_does(wanjiku, amina, mutiso):
    for staff in (wanjiku, amina, mutiso):
        answered = at_desk(staff).post("/inbox/labels/", {"name": "Call back"})
        assert answered.status_code == 404
    assert not Label.objects.exists()


def test_a_name_stands_once_however_it_is_written(otieno):
    label("Call back", otieno)
    page = at_desk(otieno).post("/inbox/labels/", {"name": "CALL back"}).content.decode()
    assert "There is a label of this name already." in page
    assert Label.objects.count() == 1


def test_its_name_lies_sealed_and_is_not_in_the_ledger(otieno):
    made = label("Zuwara house", otieno)
    stored = Label.objects.filter(pk=made.pk).values_list("name", flat=True)[0]
    assert b"Zuwara" not in bytes(stored)
    assert not any(b"Zuwara" in bytes(line.body) for line in Entry.objects.all())


def test_it_is_put_on_and_shown_in_the_list_and_in_the_conversation(wanjiku, otieno, rehema):
    word = label("Call back", otieno, LabelKind.WARN)
    desk = at_desk(wanjiku)
    desk.post(f"{page_of(rehema)}label/", {"label": word.pk})
    for page in ("/inbox/", page_of(rehema)):
        assert '<span class="tag warn"><span dir="auto">Call back</span></span>' in (
            desk.get(page).content.decode()
        )
    assert Entry.objects.filter(verb="thread.labelled").count() == 1


def test_a_poll_tells_of_a_new_label(wanjiku, otieno, rehema):
    word, desk = label("Call back", otieno), at_desk(wanjiku)
    stamp = desk.get("/inbox/").context["list"].stamp
    desk.post(f"{page_of(rehema)}label/", {"label": word.pk})
    assert desk.get(f"/inbox/news/?show=all&since={stamp}").status_code == 200


def test_put_on_twice_it_stands_once_and_is_taken_off_again(wanjiku, otieno, rehema):
    word, desk = label("Call back", otieno), at_desk(wanjiku)
    for _ in range(2):
        desk.post(f"{page_of(rehema)}label/", {"label": word.pk})
    assert ConversationLabel.objects.count() == 1
    desk.post(f"{page_of(rehema)}label/", {"label": word.pk, "off": "yes"})
    assert not ConversationLabel.objects.exists()
    assert "Call back" not in desk.get("/inbox/").content.decode()


def test_the_list_is_filtered_by_it(wanjiku, otieno, rehema):
    word, other = label("Call back", otieno), somebody("Zawadi")
    hear(other, "Habari")
    desk = at_desk(wanjiku)
    desk.post(f"{page_of(rehema)}label/", {"label": word.pk})
    rows = desk.get(f"/inbox/?label={word.pk}").context["list"].page.items
    assert [row.called.name for row in rows] == ["Rehema"]


def test_a_label_that_ended_is_shown_nowhere_and_put_on_nothing(wanjiku, otieno, rehema):
    word, desk = label("Call back", otieno), at_desk(wanjiku)
    desk.post(f"{page_of(rehema)}label/", {"label": word.pk})
    at_desk(otieno).post(f"/inbox/labels/{word.pk}/end/")
    for page in ("/inbox/", page_of(rehema)):
        assert "Call back" not in desk.get(page).content.decode()
    said = desk.post(f"{page_of(rehema)}label/", {"label": word.pk}, follow=True).content.decode()
    assert "That label is gone." in said
    assert label("Call back", otieno) is not None


def test_another_team_puts_nothing_on_and_who_only_reads_does_not_either(
    wanjiku, kamau, otieno, rehema
):
    word = label("Call back", otieno)
    case_with(wanjiku, rehema)
    answered = at_desk(kamau).post(f"{page_of(rehema)}label/", {"label": word.pk})
    assert answered.status_code == 404
    assert not ConversationLabel.objects.exists()


def test_a_legal_officer_of_the_case_may_put_one_on(wanjiku, otieno, rehema):
    akinyi = new_staff("akinyi", "Akinyi", Role.LEGAL_OFFICER)
    word, case = label("For court", otieno), case_with(wanjiku, rehema)
    lets_in(case, wanjiku, akinyi)
    at_desk(akinyi).post(f"{page_of(rehema)}label/", {"label": word.pk})
    assert ConversationLabel.objects.get().by == akinyi


def test_how_often_it_stands_counts_only_what_the_reader_may_read(wanjiku, otieno, rehema):
    word = label("Call back", otieno)
    at_desk(wanjiku).post(f"{page_of(rehema)}label/", {"label": word.pk})
    assert "on 1 conversation of yours" in at_desk(otieno).get("/inbox/labels/").content.decode()
    case_with(wanjiku, rehema)
    assert "on 0 conversations of yours" in at_desk(otieno).get("/inbox/labels/").content.decode()
