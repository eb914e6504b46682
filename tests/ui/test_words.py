"""Moments, sizes, numbers and names in words."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from nyumbani.kit import clock
from nyumbani.ui import words

pytestmark = pytest.mark.pure

NOW = dt.datetime(2014, 7, 14, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def july_2014():
    with clock.at(NOW), timezone.override("Africa/Nairobi"):
        yield


def test_a_moment_is_told_in_the_readers_zone():
    said = words.moment(NOW - dt.timedelta(hours=1))
    assert said.short == "08:00"
    assert said.full == "Monday, 14 July 2014 08:00 EAT"
    assert said.iso == "2014-07-14T05:00:00+00:00"
    with timezone.override("Africa/Tripoli"):
        assert words.moment(NOW).short == "08:00"


def test_another_day_is_named_and_another_year_too():
    assert words.moment(NOW - dt.timedelta(days=3)).short == "11 Jul 09:00"
    assert words.moment(NOW - dt.timedelta(days=300)).short == "17 Sept 2013 09:00"


@pytest.mark.parametrize(
    ("language", "ago", "date"),
    [
        ("en", "3 hours ago", "Monday, 14 July 2014"),
        ("sw", "saa 3 zilizopita", "Jumatatu, 14 Julai 2014"),
        ("ar", "قبل 3 ساعات", "الاثنين، 14 يوليو 2014"),
    ],
)
def test_dates_and_ages_speak_the_language(language, ago, date):
    with translation.override(language):
        said = words.moment(NOW - dt.timedelta(hours=3))
        assert words.age(NOW - dt.timedelta(hours=3)) == ago
    assert said.full.startswith(date)


def test_what_is_less_than_a_minute_away_is_now():
    assert words.age(NOW - dt.timedelta(seconds=59)) == "just now"
    assert words.age(NOW + dt.timedelta(hours=21)) == "in 21 hours"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (1_234_567, "1.2 MB"), (45_678_901, "46 MB")],
)
def test_sizes_are_those_of_a_phone_bill(count, said):
    assert words.size(count) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Wanjiku", "W"),
        ("Achieng Atieno Otieno", "AO"),
        ("“Mama” Njeri", "MN"),
        ("فاطمة علي", "ف\u200cع"),
        ("12 34", ""),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(name, letters):
    assert words.initials(name) == letters


@pytest.mark.parametrize(
    ("number", "head", "tail"),
    [
        ("+218 91 000 00 01", "+218", "01"),
        ("218910000001", "+218", "01"),
        ("+254 (700) 000-002", "+254", "02"),
        ("24680135792468013", "", "13"),  # a Messenger identifier is no telephone number
        ("KE.1234567890", "", "90"),
        ("112", "", ""),
    ],
)
def test_a_masked_number_shows_its_country_and_its_end(number, head, tail):
    masked = words.masked(number)
    assert (masked.head, masked.tail) == (head, tail)
