"""A file is asked for as long as the platform keeps it; then the message says that it is gone."""

import datetime as dt

import pytest

from nyumbani.drill.wire import whatsapp
from nyumbani.drill.wire.parts import Upload
from nyumbani.inbox import fetcher
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.messages import Attachment
from nyumbani.inbox.terms import FETCHING_TRIES, KEPT_BY_PLATFORM, Keeping
from nyumbani.jobs.models import Job
from nyumbani.jobs.terms import TryAgain
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock
from tests.inbox.bodies import DAY, JULY, MINUTE, NAFULA, PHONE, open_doors, post, stamp

PHOTO = Upload("9001", "http://127.0.0.1/photo", "image/jpeg", bytes(32))


@pytest.fixture
def photo(db, settings):
    """Nafula sent a picture, and the house has no network."""
    settings.NYUMBANI_GRAPH_URL = "http://127.0.0.1:9"
    open_doors()
    known = {"id": "wamid.PHOTO", "timestamp": stamp(JULY)}
    with clock.at(JULY):
        post(whatsapp.message(PHONE, NAFULA, known, "image", whatsapp.media(PHOTO)))
        yield Attachment.objects.get()


@pytest.mark.pure
def test_rests_grow_to_two_hours_and_all_tries_together_last_eight_days():
    rests = [fetcher.rest(tries) for tries in range(1, FETCHING_TRIES)]
    assert [one / MINUTE for one in rests[:9]] == [1, 2, 4, 8, 16, 32, 64, 128, 128]
    assert sum(rests, dt.timedelta()) > 8 * DAY


def test_a_file_is_asked_for_through_a_week_without_network_and_then_said_to_be_gone(photo):
    moment, days = JULY, set()
    while job := Job.objects.filter(kind="inbox.fetch", state="waiting").first():
        moment = max(moment, job.not_before or moment)
        days.add((moment - JULY).days)
        with clock.at(moment):
            run_due()
    photo.refresh_from_db()
    assert (photo.keeping, photo.why) == (Keeping.EXPIRED, "not given within seven days")
    assert days == set(range(8))
    assert moment - JULY > KEPT_BY_PLATFORM
    assert not Job.objects.filter(state="dead").exists()


def test_the_last_try_marks_the_file_whatever_the_clock_says(photo):
    with pytest.raises(TryAgain):
        fetcher.fetch(photo.id, FETCHING_TRIES - 1)
    fetcher.fetch(photo.id, FETCHING_TRIES)
    photo.refresh_from_db()
    assert photo.keeping == Keeping.EXPIRED


def test_a_fault_of_ours_is_raised_and_its_last_try_marks_the_file_all_the_same(photo):
    account = ChannelAccount.objects.get(channel="whatsapp")
    account.secrets = {"app_secret": "app-secret", "verify_token": "verify-token"}
    account.save()
    with pytest.raises(KeyError):
        fetcher.fetch(photo.id, 1)
    photo.refresh_from_db()
    assert photo.keeping == Keeping.PENDING
    with pytest.raises(KeyError):
        fetcher.fetch(photo.id, FETCHING_TRIES)
    photo.refresh_from_db()
    assert photo.keeping == Keeping.EXPIRED
    assert photo.why == "something went wrong here each time it was fetched"
