"""What is over is forgotten, some at a time."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from nyumbani.accounts import actions
from nyumbani.accounts.models import Counter
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from tests.accounts.staff import ledger

pytestmark = pytest.mark.django_db

WORKER = System("worker")


def leave_behind(key, staff, hours):
    """A session and a count that end so many hours from now."""
    ends = clock.real_now() + timedelta(hours=hours)
    Session.objects.create(session_key=key, session_data="", expire_date=ends)
    UserSession.objects.create(user=staff, ip="127.0.0.1", user_agent="", session_key=key)
    Counter.objects.create(cache_key=key, value="", expires=ends)


def kept():
    return {
        "sessions": set(Session.objects.values_list("session_key", flat=True)),
        "listed": set(UserSession.objects.values_list("session_key", flat=True)),
        "counts": set(Counter.objects.values_list("cache_key", flat=True)),
    }


def test_what_is_over_is_forgotten_and_what_runs_stays(wanjiku):
    leave_behind("over", wanjiku, hours=-1)
    leave_behind("runs", wanjiku, hours=1)
    assert actions.tidy(by=WORKER) == 2
    assert kept() == {"sessions": {"runs"}, "listed": {"runs"}, "counts": {"runs"}}
    [line] = ledger("staff.tidied")
    assert b'"sessions":1' in line.body


def test_where_nothing_is_over_nothing_is_written(wanjiku):
    leave_behind("runs", wanjiku, hours=1)
    assert actions.tidy(by=WORKER) == 0
    assert ledger("staff.tidied") == []


def test_it_goes_in_bounded_steps(wanjiku, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        leave_behind(f"over{number}", wanjiku, hours=number - 10)
    assert [actions.tidy(by=WORKER) for _ in range(4)] == [4, 4, 2, 0]
    assert kept() == {"sessions": set(), "listed": set(), "counts": set()}
