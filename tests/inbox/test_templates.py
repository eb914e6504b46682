"""The template library: words are laid before the platform, and stand where it last said."""

import datetime as dt
from itertools import permutations

import pytest

from nyumbani.drill.wire import whatsapp
from nyumbani.inbox.actions import templates as library
from nyumbani.inbox.actions.templates import NotKept
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.journal import OddItem
from nyumbani.inbox.models.templates import Template, TemplateNews, TemplateWords
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.inbox.bodies import DAY, JULY, NAFULA, PHONE, post, text
from tests.inbox.templates_here import approved, arrive, later, running, written
from tests.people_here import actor

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = dt.timedelta(seconds=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def platform(live_server, settings):
    with running(live_server, settings) as graph:
        yield graph


@pytest.fixture
def words(platform, otieno):
    return written(otieno)


def status(words):
    words.refresh_from_db()
    return words.status


def submitted(words, staff):
    library.submit(words=words, by=actor(staff))
    run_due()
    return words


def news(words, event, at, **more):
    value = {
        "event": event, "message_template_id": words.platform_id,
        "message_template_name": words.template.name,
        "message_template_language": words.language, "reason": "NONE", **more,
    }  # fmt: skip
    return whatsapp.template_news(PHONE, "message_template_status_update", value, at)


def test_words_are_submitted_looked_at_and_approved(platform, words, otieno):
    assert status(words) == "draft"
    submitted(words, otieno)
    assert status(words) == "submitted"
    assert words.platform_id
    with later(platform, JULY + HOUR):
        platform.library.decide("hello_again", "sw", "APPROVED")
        arrive(platform)
    assert status(words) == "approved"
    assert words.changed_at == JULY + HOUR


def test_a_rejection_says_why_and_the_words_may_be_changed_and_submitted_again(
    platform, words, otieno
):
    submitted(words, otieno)
    with later(platform, JULY + HOUR):
        platform.library.decide("hello_again", "sw", "REJECTED", "INVALID_FORMAT")
        arrive(platform)
    assert (status(words), words.reason) == ("rejected", "INVALID_FORMAT")
    first = words.platform_id
    with later(platform, JULY + 2 * HOUR):
        changed = library.change(
            words=words, body="Habari {{1}}, tupo.", examples=["Achieng"], by=actor(otieno)
        )
        assert (changed.status, changed.reason) == ("draft", "")
        submitted(words, otieno)
        assert (status(words), words.platform_id) == ("submitted", first)
        platform.library.decide("hello_again", "sw", "APPROVED")
        arrive(platform)
    assert status(words) == "approved"
    assert platform.library.approved("77")("hello_again", "sw") == "Habari {{1}}, tupo."


def test_news_of_the_former_words_do_not_approve_a_draft(platform, words, otieno):
    submitted(words, otieno)
    library.taken(
        words_id=words.pk, platform_id=words.platform_id or "1", said="APPROVED", category="",
        at=JULY + SECOND, by=actor(otieno),
    )  # fmt: skip
    with later(platform, JULY + HOUR):
        library.change(words=words, body="Tupo hapa.", examples=[], by=actor(otieno))
        words.refresh_from_db()
        post(news(words, "REINSTATED", JULY + 2 * HOUR))
    assert status(words) == "draft"


def test_news_in_any_order_and_twice_come_to_the_newest(platform, words, otieno):
    submitted(words, otieno)
    words.refresh_from_db()
    for day, order in enumerate(permutations(range(3)), 1):  # a body is read once for ever
        start = JULY + day * DAY
        told = [
            news(words, "APPROVED", start + HOUR),
            news(words, "PAUSED", start + 2 * HOUR, reason="LOW_QUALITY"),
            news(words, "PENDING", start + SECOND),
        ]
        before = TemplateNews.objects.count()
        for number in order:
            post(told[number])
            post(told[number], news(words, "FLAGGED", start))  # again, in another body
        assert status(words) == "paused", order
        assert (words.reason, words.changed_at) == ("LOW_QUALITY", start + 2 * HOUR)
        assert TemplateNews.objects.count() == before + 4


def test_an_older_event_that_comes_late_does_not_undo_a_newer_one(platform, words, otieno):
    submitted(words, otieno)
    words.refresh_from_db()
    post(news(words, "DISABLED", JULY + 2 * HOUR))
    post(news(words, "APPROVED", JULY + HOUR))
    assert status(words) == "disabled"


def test_what_the_platform_says_before_its_answer_came_is_known(platform, words, otieno):
    library.submit(words=words, by=actor(otieno))
    words.platform_id = "880001"
    post(news(words, "APPROVED", JULY + SECOND))
    words.refresh_from_db()
    assert (words.status, words.platform_id) == ("approved", "880001")


def test_an_unknown_event_is_kept_as_an_odd_item_and_its_neighbours_are_read(
    platform, words, otieno
):
    submitted(words, otieno)
    words.refresh_from_db()
    odd = news(words, "ENCHANTED", JULY + SECOND)
    entry = post(text(NAFULA, "Habari"), odd, news(words, "APPROVED", JULY + HOUR))
    assert status(words) == "approved"
    assert OddItem.objects.get().why == "template event ENCHANTED is not known"
    assert entry is not None


def test_a_template_that_is_not_in_our_library_is_an_odd_item(platform, words):
    words.platform_id = "999"
    words.template.name = "another"
    post(news(words, "APPROVED", JULY + SECOND))
    assert OddItem.objects.get().why == "a template that is not in our library"
    assert status(words) == "draft"


def test_quality_and_category_are_what_was_said_last(platform, words, otieno):
    submitted(words, otieno)
    with later(platform, JULY + HOUR):
        platform.library.decide("hello_again", "sw", "APPROVED")
        platform.library.rate("hello_again", "sw", "RED")
        platform.library.sort("hello_again", "sw", "MARKETING")
        arrive(platform)
    words.refresh_from_db()
    assert (words.quality, words.template.category) == ("red", "marketing")
    old = {"message_template_id": words.platform_id, "new_category": "UTILITY"}
    post(whatsapp.template_news(PHONE, "template_category_update", old, JULY))
    words.template.refresh_from_db()
    assert words.template.category == "marketing"


def test_the_list_brings_in_what_was_written_on_the_platform(live_server, settings, otieno):
    start = {("karibu", "sw"): "Karibu {{1}}, tuko hapa.", ("karibu", "en"): "We are here."}
    with running(live_server, settings, templates=start):
        account = ChannelAccount.objects.get(channel="whatsapp")
        library.ask_for_list(account=account, by=actor(otieno))
        run_due()
        library.ask_for_list(account=account, by=actor(otieno))
        run_due()
    assert Template.objects.get().name == "karibu"
    found = {one.language: (one.status, one.body) for one in TemplateWords.objects.all()}
    assert found == {
        "sw": ("approved", "Karibu {{1}}, tuko hapa."), "en": ("approved", "We are here."),
    }  # fmt: skip


def test_the_list_says_what_is_there_no_more_and_page_after_page_is_asked_for(
    platform, otieno, monkeypatch
):
    monkeypatch.setattr("nyumbani.inbox.channels.whatsapp.templates.AT_ONCE", 1)
    gone = approved(name="gone")
    for name in ("one", "two", "three"):
        submitted(written(otieno, name=name), otieno)
    with later(platform, JULY + HOUR):
        platform.library.decide("two", "sw", "APPROVED")
        TemplateWords.objects.filter(template__name="two").update(platform_id="")
        library.ask_for_list(
            account=ChannelAccount.objects.get(channel="whatsapp"), by=actor(otieno)
        )
        run_due()
    found = dict(TemplateWords.objects.values_list("template__name", "status"))
    assert found == {"one": "submitted", "two": "approved", "three": "submitted", "gone": "deleted"}
    assert gone.template.name == "gone"


def test_a_lost_answer_is_found_again_by_the_list(platform, words, otieno):
    submitted(words, otieno)
    TemplateWords.objects.update(platform_id="", status="draft", asked_at=None)  # as if it was lost
    words.refresh_from_db()
    submitted(words, otieno)
    run_due()
    assert (status(words), words.reason) == ("submitted", "")
    assert words.platform_id


def test_without_a_connection_it_is_tried_again_and_then_somebody_is_told(
    platform, words, otieno, settings
):
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"
    submitted(words, otieno)
    words.refresh_from_db()
    assert (words.status, words.asked_at) == ("draft", JULY)
    for hours in range(1, 200, 8):
        with clock.at(JULY + hours * HOUR):
            run_due()
    words.refresh_from_db()
    assert (words.status, words.asked_at) == ("draft", None)
    assert words.reason == "the platform did not answer"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "Hello"}, "template_name"),
        ({"name": "trafficking_help"}, "unsafe_name"),
        ({"language": "Swahili"}, "template_language"),
        ({"body": "Habari {{1}}"}, "blank_at_the_edge"),
        ({"examples": []}, "examples_missing"),
        ({"body": "The police will come, {{1}} said."}, "unsafe_words"),
    ],
)
def test_what_could_only_be_refused_or_betray_her_is_not_kept(platform, otieno, change, why):
    with pytest.raises(NotKept) as refusal:
        written(otieno, **change)
    assert refusal.value.answer.why == why
    assert not Template.objects.exists()


def test_words_found_unsafe_stand_only_if_who_leads_says_why(platform, otieno, wanjiku, amina):
    body = "The police station opens at nine, {{1}} says."
    template = library.begin(
        account=ChannelAccount.objects.get(channel="whatsapp"), name="hours", category="utility",
        by=actor(otieno),
    )  # fmt: skip
    given = {"template": template, "body": body, "examples": ["Achieng"]}
    with pytest.raises(NotKept) as refusal:
        library.write(language="en", by=actor(wanjiku), override="she asked", **given)
    assert refusal.value.answer.why == "not_yours_to_overrule"
    assert "police" in {hit.words.lower() for hit in refusal.value.hits}
    for language, staff in (("en", otieno), ("fr", amina)):
        words = library.write(language=language, by=actor(staff), override="she asked", **given)
        assert words.override_why == "she asked"


def test_a_number_without_a_business_account_submits_nothing(platform, words, otieno):
    ChannelAccount.objects.update(business="")
    words.refresh_from_db()
    with pytest.raises(NotKept) as refusal:
        library.submit(words=TemplateWords.objects.get(pk=words.pk), by=actor(otieno))
    assert refusal.value.answer.why == "no_business"


def test_a_refused_token_stops_the_channel_and_says_so(platform, words, otieno):
    account = ChannelAccount.objects.get(channel="whatsapp")
    account.secrets = account.secrets | {"access_token": "wrong"}
    account.save()
    submitted(words, otieno)
    account.refresh_from_db()
    assert account.stopped_at is not None
    words.refresh_from_db()
    assert words.reason == "the access token has expired"
