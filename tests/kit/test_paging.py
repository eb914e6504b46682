"""Paging by key: a walk visits every row once, whatever stands in the address."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nyumbani.kit.paging import page

pytestmark = pytest.mark.django_db

JULY_2014 = dt.datetime(2014, 7, 12, 8, 0, tzinfo=dt.UTC)


def add(hours):
    """One row a number, all with made-up keys; the same number gives the same date."""
    Session.objects.bulk_create(
        Session(
            session_key=f"{place:032x}",
            session_data="",
            expire_date=JULY_2014 + dt.timedelta(hours=hour, microseconds=hour),
        )
        for place, hour in enumerate(hours)
    )


def walk(size, **order):
    """Every row in the order a visitor meets it who turns page after page."""
    met, cursor = [], None
    while True:
        here = page(Session.objects.all(), by="expire_date", cursor=cursor, size=size, **order)
        assert 0 < len(here.items) <= size
        met += here.items
        cursor = here.older
        if cursor is None:
            return met


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    hours=st.lists(st.integers(0, 4), min_size=1, max_size=25),
    size=st.integers(1, 9),
    newest_first=st.booleans(),
)
def test_a_walk_meets_every_row_once_and_in_order_also_among_equal_keys(hours, size, newest_first):
    with transaction.atomic():
        Session.objects.all().delete()
        add(hours)
        met = [(row.expire_date, row.pk) for row in walk(size, newest_first=newest_first)]
        everything = list(Session.objects.values_list("expire_date", "pk"))
        assert met == sorted(everything, reverse=newest_first)
        transaction.set_rollback(True)


def test_the_last_page_says_so_also_when_it_is_full():
    add([1, 2, 3, 4])
    first = page(Session.objects.all(), by="expire_date", size=2)
    second = page(Session.objects.all(), by="expire_date", size=2, cursor=first.older)
    assert len(second.items) == 2
    assert second.older is None


def test_nothing_is_one_empty_page():
    nothing = page(Session.objects.all(), by="expire_date")
    assert (nothing.items, nothing.older) == ([], None)


def test_rows_that_come_meanwhile_neither_repeat_nor_hide_others():
    add([1, 2, 3, 4])
    first = page(Session.objects.all(), by="expire_date", size=2)
    Session.objects.create(
        session_key="new", session_data="", expire_date=JULY_2014 + dt.timedelta(hours=9)
    )
    first.items[-1].delete()
    second = page(Session.objects.all(), by="expire_date", size=2, cursor=first.older)
    assert [row.pk for row in second.items] == [f"{1:032x}", f"{0:032x}"]


def test_every_page_is_one_query_without_counting(django_assert_num_queries):
    add(range(30))
    cursor = None
    for _ in range(3):
        with django_assert_num_queries(1) as asked:
            here = page(Session.objects.all(), by="expire_date", cursor=cursor, size=5)
        cursor = here.older
        sql = asked.captured_queries[0]["sql"].upper()
        assert "COUNT" not in sql
        assert "OFFSET" not in sql


def test_a_list_may_be_filtered_and_walked_by_its_primary_key_alone():
    add([1] * 7)
    met, cursor = [], None
    while not met or cursor:
        rows = Session.objects.exclude(pk=f"{3:032x}")
        here = page(rows, by="session_key", cursor=cursor, size=2, newest_first=False)
        met += [int(row.pk, 16) for row in here.items]
        cursor = here.older
    assert met == [0, 1, 2, 4, 5, 6]


def test_a_page_can_be_shown_in_another_shape():
    add([1, 2, 3])
    here = page(Session.objects.all(), by="expire_date", size=2)
    shaped = here.of(lambda row: row.pk[-1])
    assert (shaped.items, shaped.older) == (["2", "1"], here.older)


BAD = [
    "",
    "x",
    "0",
    "../..",
    "null",
    "a:b",
    "WzEsMl0",
    "é" * 10,
    "\x00",
    "\ud800",
    "A" * 1001,
    "'; DROP TABLE audit_entry; --",
]


@pytest.mark.parametrize("cursor", BAD)
def test_a_cursor_that_is_none_gives_the_first_page(cursor):
    add([1, 2, 3])
    here = page(Session.objects.all(), by="expire_date", cursor=cursor, size=2)
    assert [row.pk[-1] for row in here.items] == ["2", "1"]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.integers(0, 200), letter=st.characters())
def test_a_cursor_with_one_letter_changed_gives_the_first_page(where, letter):
    with transaction.atomic():
        add([1, 2, 3, 4, 5])
        first = page(Session.objects.all(), by="expire_date", size=2)
        where %= len(first.older)
        changed = first.older[:where] + letter + first.older[where + 1 :]
        here = page(Session.objects.all(), by="expire_date", size=2, cursor=changed)
        if changed == first.older:
            assert here.items != first.items
        else:
            assert here.items == first.items
        transaction.set_rollback(True)


def test_a_cursor_of_another_list_or_of_the_other_direction_gives_the_first_page():
    add([1, 2, 3])
    ContentType.objects.all().delete()
    for name in "abc":
        ContentType.objects.create(app_label="town", model=name)
    elsewhere = page(ContentType.objects.all(), by="model", size=1).older
    other_way = page(Session.objects.all(), by="expire_date", size=1, newest_first=False).older
    by_key = page(Session.objects.all(), by="session_key", size=1).older
    for cursor in (elsewhere, other_way, by_key):
        assert cursor
        here = page(Session.objects.all(), by="expire_date", cursor=cursor, size=1)
        assert here.items[0].pk[-1] == "2"


def test_whole_numbers_and_words_order_a_list_as_well_as_dates():
    ContentType.objects.all().delete()
    for name in ("b", "a", "c", "a2"):
        ContentType.objects.create(app_label="town", model=name)
    met, cursor = [], None
    while not met or cursor:
        here = page(
            ContentType.objects.all(), by="model", cursor=cursor, size=1, newest_first=False
        )
        met += [row.model for row in here.items]
        cursor = here.older
    assert met == ["a", "a2", "b", "c"]


def test_a_column_that_may_be_empty_or_points_elsewhere_cannot_order_a_list():
    from django.contrib.auth.models import Permission

    with pytest.raises(ValueError, match="cannot order"):
        page(Permission.objects.all(), by="content_type")
