"""The library on its pages, and the approved templates in the box of a closed conversation."""

import datetime as dt

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.messages import Message
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.models.templates import Template, TemplateNews, TemplateWords
from nyumbani.inbox.terms import Way
from nyumbani.jobs.models import Job
from nyumbani.kit import clock
from tests.desk.world import MONDAY, alarm, at_desk, case_with, hear, somebody, whatsapp
from tests.inbox.templates_here import BODY, approved
from tests.people_here import new_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATE = MONDAY + dt.timedelta(days=3)
LIBRARY = "/inbox/templates/"
NEW = {
    "name": "hello_again", "category": "utility", "language": "sw", "body": BODY,
    "examples": "Achieng\n", "override": "",
}  # fmt: skip


@pytest.fixture
def account():
    row = whatsapp()
    ChannelAccount.objects.filter(pk=row.pk).update(business="77")
    row.refresh_from_db()
    return row


@pytest.fixture
def rehema(account):
    thread = somebody("Rehema", account=account)
    hear(thread, "Habari")
    return thread


def page_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_coordinator_writes_a_template_submits_it_and_sees_where_it_stands(account, otieno):
    desk = at_desk(otieno)
    answer = desk.post(f"{LIBRARY}new/", NEW | {"account": account.pk})
    assert answer["Location"] == LIBRARY
    words = TemplateWords.objects.get()
    assert (words.body, words.examples, words.status) == (BODY, ["Achieng"], "draft")
    assert "draft" in page_of(desk.get(LIBRARY))
    desk.post(f"{LIBRARY}words/{words.pk}/submit/")
    assert Job.objects.filter(kind="inbox.submit").count() == 1
    assert "on its way to the platform" in page_of(desk.get(LIBRARY))
    assert f"{LIBRARY}words/{words.pk}/submit/" not in page_of(desk.get(LIBRARY))


def test_each_language_shows_its_own_status_in_word_and_sign(account, otieno):
    approved(account)
    rejected = approved(account, language="en", status="rejected")
    rejected.reason = "INVALID_FORMAT"
    rejected.save()
    approved(account, language="ar", status="paused")
    page = page_of(at_desk(otieno).get(LIBRARY))
    for shown in ("✓", "approved", "▲", "rejected", "INVALID_FORMAT", "◆", "paused by"):
        assert shown in page


def test_words_in_a_further_language_and_other_words_are_kept(account, otieno):
    words = approved(account)
    desk = at_desk(otieno)
    given = {"language": "en", "body": "We are here.", "examples": "", "override": ""}
    desk.post(f"{LIBRARY}{words.template_id}/words/", given)
    assert TemplateWords.objects.filter(language="en").exists()
    desk.post(f"{LIBRARY}words/{words.pk}/", {"body": "Tuko hapa.", "examples": ""})
    words.refresh_from_db()
    assert (words.body, words.status) == ("Tuko hapa.", "draft")


def test_what_the_platform_said_stands_with_the_words(account, otieno):
    words = approved(account)
    TemplateNews.objects.create(
        words=words, key_digest="x", matter="status", said="PAUSED", reason="LOW_QUALITY",
        at=MONDAY,
    )  # fmt: skip
    page = page_of(at_desk(otieno).get(f"{LIBRARY}words/{words.pk}/"))
    assert "PAUSED" in page
    assert "LOW_QUALITY" in page


def test_words_that_could_betray_her_come_back_with_what_was_found(account, otieno, mutiso):
    unsafe = NEW | {
        "account": account.pk, "language": "en", "examples": "",
        "body": "The police rescued her from traffickers.",
    }  # fmt: skip
    page = page_of(at_desk(otieno).post(f"{LIBRARY}new/", unsafe))
    assert "This could betray her" in page
    assert "police" in page
    assert not Template.objects.exists()
    overruled = unsafe | {"override": "a public notice"}
    page = page_of(at_desk(mutiso).post(f"{LIBRARY}new/", overruled))
    assert "Only a coordinator or a director" in page
    assert not Template.objects.exists()
    at_desk(otieno).post(f"{LIBRARY}new/", overruled)
    assert TemplateWords.objects.get().override_why == "a public notice"


def test_a_retired_template_is_offered_no_more_and_may_be_brought_back(account, otieno):
    words = approved(account)
    address = f"{LIBRARY}{words.template_id}/retire/"
    at_desk(otieno).post(address)
    assert "retired" in page_of(at_desk(otieno).get(LIBRARY))
    at_desk(otieno).post(address, {"back": "1"})
    assert Template.objects.get().retired_at is None


def test_what_the_platform_says_of_a_number_is_written_down(account, mutiso):
    given = {"business": "4711", "people_a_day": "250", "is_shared": "on"}
    at_desk(mutiso).post(f"{LIBRARY}of/{account.pk}/", given)
    account.refresh_from_db()
    assert (account.business, account.people_a_day, account.is_shared) == ("4711", 250, True)
    page = page_of(
        at_desk(mutiso).post(f"{LIBRARY}of/{account.pk}/", {"business": "x"}, follow=True)
    )
    assert "Give digits only." in page


def test_the_platform_is_asked_for_its_list_once_however_often_it_is_clicked(account, otieno):
    for _ in range(2):
        at_desk(otieno).post(f"{LIBRARY}of/{account.pk}/list/")
    assert Job.objects.filter(kind="inbox.templates").count() == 1


@pytest.mark.parametrize(
    "role", [Role.CASEWORKER, Role.ESCORT, Role.LEGAL_OFFICER, Role.DATA_OFFICER, Role.TRAINER]
)
def test_who_does_not_keep_the_library_finds_none(account, role):
    words = approved(account)
    desk = at_desk(new_staff("somebody", "Somebody", role))
    assert desk.get(LIBRARY).status_code == 404
    assert desk.get(f"{LIBRARY}new/").status_code == 404
    assert desk.post(f"{LIBRARY}words/{words.pk}/", {"body": "x"}).status_code == 404
    assert desk.post(f"{LIBRARY}words/{words.pk}/submit/").status_code == 404
    assert desk.post(f"{LIBRARY}{words.template_id}/retire/").status_code == 404
    assert desk.post(f"{LIBRARY}of/{account.pk}/").status_code == 404
    words.refresh_from_db()
    assert words.status == "approved"


# ---- sending from a conversation ----


def test_a_closed_conversation_offers_the_approved_templates_hers_first(account, rehema, wanjiku):
    rehema.person.languages = ["sw"]
    rehema.person.save()
    english, swahili = approved(account, name="a_note", language="en"), approved(account)
    paused = approved(account, name="paused", status="paused")
    open_page = page_of(at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/"))
    assert swahili.pk not in open_page  # while she may be answered freely
    with clock.at(LATE):
        page = page_of(at_desk(wanjiku).get(f"/inbox/{rehema.person_id}/"))
    assert 0 < page.index(swahili.pk) < page.index(english.pk)
    assert paused.pk not in page


def test_a_template_is_filled_and_sent_and_the_thread_says_that_it_is_one(account, rehema, wanjiku):
    words = approved(account)
    address = f"/inbox/{rehema.person_id}/template/{words.pk}/"
    with clock.at(LATE):
        desk = at_desk(wanjiku)
        page = page_of(desk.get(address))
        assert "tuko hapa" in page
        assert 'name="value_1"' in page
        answer = desk.post(address, {"value_1": "rafiki"})
        assert answer["Location"].endswith("#newest")
        thread = page_of(desk.get(f"/inbox/{rehema.person_id}/"))
    assert "Habari rafiki, tuko hapa. Andika ukiweza." in thread
    assert "approved template" in thread
    assert Attempt.objects.count() == 1


def test_what_cannot_be_sent_comes_back_as_it_was_filled_in(account, rehema, wanjiku):
    words = approved(account)
    alarm(Message.objects.get())
    with clock.at(LATE):
        answer = at_desk(wanjiku).post(
            f"/inbox/{rehema.person_id}/template/{words.pk}/", {"value_1": "rafiki"}
        )
    page = page_of(answer)
    assert "Her duress word came" in page
    assert 'value="rafiki"' in page
    assert not Message.objects.filter(way=Way.OUT).exists()


def test_what_is_filled_in_is_weighed_and_sent_only_knowingly(account, rehema, wanjiku):
    words = approved(account)
    address = f"/inbox/{rehema.person_id}/template/{words.pk}/"
    with clock.at(LATE):
        desk = at_desk(wanjiku)
        answer = desk.post(address, {"value_1": "the police"})
        assert "these words could betray her" in page_of(answer)
        assert not Attempt.objects.exists()
        mark = answer.context["form"].warned.mark
        other = desk.post(address, {"value_1": "the embassy", "words_anyway": mark})
        assert "these words could betray her" in page_of(other)
        desk.post(address, {"value_1": "the police", "words_anyway": mark})
    assert Attempt.objects.count() == 1
    assert Entry.objects.filter(verb="words.let_stand").count() == 1


def test_the_organisations_own_name_is_kept_out_of_every_template(account, otieno, settings):
    settings.NYUMBANI_NAMES = ["Tumaini"]
    named = NEW | {"account": account.pk, "body": "Habari {{1}}, ni Tumaini hapa."}
    page = page_of(at_desk(otieno).post(f"{LIBRARY}new/", named))
    assert "It names the organisation." in page
    assert not Template.objects.exists()


def test_the_same_page_sent_twice_writes_once(account, rehema, wanjiku):
    words = approved(account)
    address = f"/inbox/{rehema.person_id}/template/{words.pk}/"
    with clock.at(LATE):
        desk = at_desk(wanjiku)
        once = desk.get(address).context["form"]["once"].value()
        for _ in range(2):
            assert desk.post(address, {"value_1": "R", "once": once}).status_code == 302
    assert Attempt.objects.count() == 1


def test_only_what_is_approved_can_be_addressed(account, rehema, wanjiku):
    paused = approved(account, status="paused")
    address = f"/inbox/{rehema.person_id}/template/{paused.pk}/"
    assert at_desk(wanjiku).get(address).status_code == 404


def test_another_team_and_who_only_looks_send_no_template(account, rehema, wanjiku, kamau, amina):
    words = approved(account)
    case_with(wanjiku, rehema)
    address = f"/inbox/{rehema.person_id}/template/{words.pk}/"
    for staff in (kamau, amina):
        assert at_desk(staff).get(address).status_code == 404
        assert at_desk(staff).post(address, {"value_1": "x"}).status_code == 404
    assert not Attempt.objects.exists()


def test_the_ledger_knows_of_templates_by_numbers_alone(account, rehema, wanjiku):
    words = approved(account)
    with clock.at(LATE):
        at_desk(wanjiku).post(
            f"/inbox/{rehema.person_id}/template/{words.pk}/", {"value_1": "rafiki"}
        )
    line = Entry.objects.get(verb="message.template_written")
    assert "rafiki" not in str(vars(line))
    assert words.pk in str(vars(line))
