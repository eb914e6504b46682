"""Channels: who may open them, what they show, new secrets, tests — and no secret anywhere."""

import datetime as dt
import json

import pytest

from nyumbani.accounts.terms import Role
from nyumbani.audit.models import Entry as Line
from nyumbani.drill.mail.box import Box
from nyumbani.drill.mail.provider import Provider
from nyumbani.drill.phones.email import MailProgram
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions.care import NOT_FOR_TESTS, plan_tokens
from nyumbani.inbox.channels import registry
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.trials import Trial
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.accounts.staff import hire
from tests.desk import world
from tests.inbox.bodies import BY, JULY
from tests.inbox.channels_open import HER_NUMBER, open_sms, sms
from tests.inbox.email_open import OURS, open_email

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "siri-kubwa-ya-kanari-haionekani"
OFFICE = "ofisi@example.net"


@pytest.fixture
def july():
    with clock.at(JULY):
        yield


@pytest.fixture
def at_desk(july):
    return world.at_desk(hire("mutiso", Role.ADMINISTRATOR))


def shown(client):
    return client.get("/channels/").content.decode()


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR, Role.DIRECTOR])
def test_who_does_not_run_the_machine_finds_no_such_page(july, role):
    account = open_email()
    client = world.at_desk(hire("somebody", role))
    for path in ("", "connect/sms/", f"{account.pk}/secrets/"):
        assert client.get(f"/channels/{path}").status_code == 404
    assert client.post(f"/channels/{account.pk}/test/", {"to": OFFICE}).status_code == 404
    assert not Trial.objects.exists()


def test_a_stopped_channel_says_why_here_and_on_today(at_desk):
    doors.stop(account=open_email(), why="the access token is not valid", by=BY)
    for page in (shown(at_desk), at_desk.get("/").content.decode()):
        assert "the access token is not valid" in page


def test_a_channel_is_connected_and_what_was_made_is_shown_once(at_desk):
    form = {"account": "22384", "label": "Help line", "secret_username": "nyumbani",
            "secret_api_key": CANARY}  # fmt: skip
    page = at_desk.post("/channels/connect/sms/", form).content.decode()
    word = ChannelAccount.objects.get().secrets["word"]
    assert f"/hooks/sms/{word}/" in page
    assert word not in shown(at_desk)
    assert (
        "It is connected already" in at_desk.post("/channels/connect/sms/", form).content.decode()
    )
    assert ChannelAccount.objects.get().secrets["word"] == word


def test_a_stopped_channel_starts_again_with_a_new_secret_and_keeps_the_others(at_desk):
    account = open_email()
    doors.stop(account=account, why="x", by=BY)
    at_desk.post(f"/channels/{account.pk}/secrets/", {"secret_password": CANARY})
    account.refresh_from_db()
    assert account.stopped_at is None
    assert account.secrets["password"] == CANARY
    assert account.secrets["incoming"] == "imap.example.org"


def test_a_kept_secret_is_in_no_page_no_log_and_no_ledger(at_desk, caplog, capsys):
    account = open_email(CANARY)
    at_desk.post(f"/channels/{account.pk}/secrets/", {"secret_password": CANARY})
    wrong = {"secret_password": CANARY, "secret_incoming": "no host"}
    pages = [
        shown(at_desk), at_desk.get(f"/channels/{account.pk}/secrets/").content.decode(),
        at_desk.post(f"/channels/{account.pk}/secrets/", wrong).content.decode(),
    ]  # fmt: skip
    run_due()
    said = "".join(pages) + caplog.text + "".join(capsys.readouterr())
    ledger = json.dumps([list(map(str, row)) for row in Line.objects.values_list()])
    assert "a host's name" in pages[2].replace("&#x27;", "'")
    assert CANARY not in said
    assert CANARY not in ledger
    assert "channel.renewed" in ledger


@pytest.fixture
def provider(settings, july):
    with Provider(Box(OURS)) as running:
        settings.NYUMBANI_PLATFORM_URLS = running.urls
        open_email()
        yield running


def try_out(client, to, account=None):
    account = account or ChannelAccount.objects.get(channel="email")
    client.post(f"/channels/{account.pk}/test/", {"to": to})
    run_due()
    return Trial.objects.order_by("-asked_at", "-id").first()


def test_a_test_goes_out_in_fixed_words_and_its_outcome_is_shown(provider, at_desk):
    office = MailProgram(provider, OURS, address=OFFICE)
    assert try_out(at_desk, OFFICE).state == "sent"
    assert office.texts == ["Hello, this is a test."]
    assert Line.objects.filter(verb="channel.tested").count() == 1
    assert OFFICE not in json.dumps([list(map(str, row)) for row in Line.objects.values_list()])
    provider.box.faults["to"] = 50202
    assert try_out(at_desk, OFFICE).state == "failed"
    assert "her box is full" in shown(at_desk)


def test_nobody_who_wrote_to_us_gets_a_test_and_it_is_not_said_whose_it_is(provider, at_desk):
    rehema = MailProgram(provider, OURS, address="rehema@example.net")
    rehema.write("Habari")
    with clock.at(JULY + dt.timedelta(minutes=3)):
        run_due()
        hers = try_out(at_desk, " Rehema@Example.net")
        nonsense = try_out(at_desk, "nonsense")
    assert rehema.texts == []
    assert (hers.state, hers.why) == (nonsense.state, nonsense.why) == ("failed", NOT_FOR_TESTS)


def test_her_number_of_another_channel_is_hers_here_too(at_desk, client, july):
    account = open_sms()
    word = account.secrets["word"]
    client.post(f"/hooks/sms/{word}/", sms(), content_type="application/x-www-form-urlencoded")
    run_due()
    other = world.whatsapp()
    for spelling in (HER_NUMBER, "218 91 000 00 01"):
        assert try_out(at_desk, spelling, other).why == NOT_FOR_TESTS


def test_a_channel_is_tested_five_times_a_day(provider, at_desk):
    MailProgram(provider, OURS, address=OFFICE)
    for _ in range(6):
        try_out(at_desk, OFFICE)
    assert Trial.objects.count() == 5


def test_letters_are_counted_by_what_becomes_of_them(at_desk, wanjiku):
    thread = world.somebody("Nafula")
    world.hear(thread, "Habari")
    world.answer(thread, "One", wanjiku)
    world.answer(thread, "Two", wanjiku, held_until=JULY + dt.timedelta(hours=2))
    world.answer(thread, "Three", wanjiku, state="failed", why="refused", failed_at=JULY)
    page = " ".join(shown(at_desk).split())
    assert 'wait <bdi class="num">1</bdi>' in page
    assert 'held for a safe time <bdi class="num">1</bdi>' in page
    assert 'failed today <bdi class="num">1</bdi>' in page
    assert "Nafula" not in page


def test_until_when_a_token_holds_is_asked_once_a_day(july):
    check = registry.channel("whatsapp").token_check
    body = json.dumps({"data": {"is_valid": True, "expires_at": int(JULY.timestamp()) + 86400}})
    assert check.found(200, body.encode()) == JULY.replace(second=0) + dt.timedelta(days=1)
    assert check.found(200, b'{"data": {"is_valid": true, "expires_at": 0}}') is None
    assert check.found(200, b'{"data": {"is_valid": false}}').stops_channel
    world.whatsapp()
    assert plan_tokens(by=BY) == 1
    assert plan_tokens(by=BY) == 0


def test_no_other_spelling_of_her_address_gets_round_that(provider, at_desk, client):
    MailProgram(provider, OURS, address="rehema@example.net").write("Habari")
    word = open_sms().secrets["word"]
    client.post(f"/hooks/sms/{word}/", sms(), content_type="application/x-www-form-urlencoded")
    with clock.at(JULY + dt.timedelta(minutes=3)):
        run_due()
        assert try_out(at_desk, "rehema+test@example.net").why == NOT_FOR_TESTS
        other = world.whatsapp()
        for spelling in (f"00{HER_NUMBER[1:]}", f"+00{HER_NUMBER[1:]}", "0910000001"):
            assert try_out(at_desk, spelling, other).why == NOT_FOR_TESTS
