"""The quick INSERT keeps every rule of the table but the one it is allowed to pass over."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from nyumbani.jobs.models import Job
from nyumbani.kit.rows import Insert

pytestmark = pytest.mark.django_db
JULY = dt.datetime(2014, 7, 20, 9, tzinfo=dt.UTC)


def into_jobs(**alike: str | int) -> Insert:
    alike = {"state": "waiting", "max_attempts": 1, "asked_by": "test", "attempts": 0} | alike
    alike |= dict.fromkeys(("lease_token", "held_by", "last_error", "death", "discarded"), "")
    alike |= dict.fromkeys(("progress_done", "progress_total"), 0)
    columns = ["id", "kind", "data", "key", "outside", "created_at"]
    return Insert("jobs_job", columns, alike)


def row(number: int, key: str = "") -> tuple[str | bool | dt.datetime, ...]:
    return (f"{number:026}", "a.b", "{}", key, False, JULY)


def test_rows_are_stored_as_the_model_reads_them() -> None:
    assert into_jobs().store([row(1)]) == {f"{1:026}"}
    job = Job.objects.get()
    assert (job.created_at, job.outside, job.data, job.max_attempts) == (JULY, False, {}, 1)


def test_a_row_that_is_there_already_is_left_out_and_told() -> None:
    insert = into_jobs()
    assert insert.store([row(1, "k"), row(2, "k"), row(3)]) == {f"{1:026}", f"{3:026}"}
    assert insert.store([row(4, "k")]) == set()


def test_more_rows_than_one_statement_takes_are_all_stored() -> None:
    assert len(into_jobs().store([row(number) for number in range(1201)])) == 1201


def test_every_other_broken_rule_is_heard() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        into_jobs(max_attempts=0).store([row(1)])


def test_no_rows_are_no_statement() -> None:
    assert into_jobs().store([]) == set()
