"""The ledger's one verb, and what it refuses to write down."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.audit import chain, verifier
from nyumbani.audit.actions import record
from nyumbani.audit.models import Entry
from nyumbani.audit.terms import NotForTheLedger
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import System
from tests.audit.people import ACHIENG, CASE, Colleague, achieng, stored

WORKER = System("worker")


@pytest.mark.django_db
def test_each_line_is_chained_to_the_one_before_as_the_design_says():
    with clock.at(dt.datetime(2014, 7, 12, 8, 0, 1, 250, tzinfo=dt.UTC)):
        record(by=achieng, verb="case.opened", about=CASE, members=3)
        record(by=WORKER, verb="message.read", about=CASE, digest="ab" * 32)

    prev = bytes(32)
    for n, facts in [(1, {"members": 3}), (2, {"digest": "ab" * 32})]:
        row = stored(n)
        by, verb = [(ACHIENG, "case.opened"), ("system:worker", "message.read")][n - 1]
        at = "2014-07-12T08:00:01.000250Z"
        body = {"n": n, "at": at, "by": by, "verb": verb, "about": CASE, **facts}
        # For small words and whole numbers RFC 8785 is: sorted keys, no spaces, UTF-8.
        canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        assert bytes(row["body"]) == canonical
        assert bytes(row["prev"]) == prev
        prev = hashlib.sha256(b"led1" + prev + canonical).digest()
        assert bytes(row["hash"]) == prev
        assert (row["at"], row["by"], row["verb"], row["about"]) == (at, by, verb, CASE)


@pytest.mark.django_db
def test_lines_are_numbered_from_one_and_the_number_is_given_back():
    assert [record(by=WORKER, verb="job.done", about=f"job:{i}") for i in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_line_and_no_gap():
    record(by=WORKER, verb="job.done", about="job:1")
    with transaction.atomic():
        assert record(by=WORKER, verb="job.done", about="job:2") == 2
        transaction.set_rollback(True)
    assert record(by=WORKER, verb="job.done", about="job:3") == 2
    assert list(Entry.objects.order_by("n").values_list("about", flat=True)) == ["job:1", "job:3"]


@pytest.mark.django_db
def test_a_line_costs_two_statements_and_a_lock_where_one_is_needed(django_assert_num_queries):
    with django_assert_num_queries(2 + (connection.vendor == "postgresql")):
        record(by=WORKER, verb="job.done", about="job:1")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_line_opens_its_own():
    assert connection.in_atomic_block is False
    assert record(by=WORKER, verb="job.done", about="job:1") == 1
    assert Entry.objects.count() == 1


PERSONAL = [
    "Rehema",
    "Rehema Wanjiku",
    "wanjiku@example.org",
    "+218910000001",
    "218910000001",
    "0910000001",
    "phone:0910000001",
    "127.0.0.1",
    "2001:db8::7",
    "1991-04-17",
    "they took my passport",
    "لقد أخذوا جوازي",
    "رحمة",
    "Ré",
    "A1234567",
    "",
    " ",
    "word\n",
    "case:01J2X3Y4Z5A6B7C8D9E0F1G2H3 Rehema",
    "https://example.org/rehema",
    "x" * 201,
    "ab" * 65,
    "-1.2921,36.8219",
]


@pytest.mark.pure
@pytest.mark.parametrize("text", PERSONAL)
def test_what_could_be_personal_is_refused_everywhere_and_not_quoted(text):
    moment = dt.datetime(2014, 7, 12, tzinfo=dt.UTC)
    good = {"at": moment, "by": ACHIENG, "verb": "case.opened", "about": CASE, "facts": {}}
    for place in ({"by": text}, {"verb": text}, {"about": text}, {"facts": {"why": text}}):
        with pytest.raises(NotForTheLedger) as refusal:
            chain.body_of(**{**good, **place})
        assert not text.strip() or text not in str(refusal.value)


@pytest.mark.pure
@pytest.mark.parametrize("fact", [1.5, None, b"ab", ["whatsapp"], {"a": 1}, 2**53, -(2**53)])
def test_a_fact_is_a_text_or_a_whole_number_that_json_carries(fact):
    with pytest.raises(NotForTheLedger):
        _facts(why=fact)


@pytest.mark.pure
@pytest.mark.parametrize("name", ["n", "at", "prev", "hash", "Name", "full name", "", "_x", "é"])
def test_a_fact_may_not_take_the_ledgers_own_names_nor_odd_ones(name):
    with pytest.raises(NotForTheLedger):
        _facts(**{name: 1})


@pytest.mark.pure
@pytest.mark.parametrize(
    "fact",
    [
        0,
        -7,
        2**53 - 1,
        True,
        "whatsapp",
        "document_officer",
        "consent.withdrawn",
        "01J2X3Y4Z5A6B7C8D9E0F1G2H3",
        CASE,
        "scope:case.01J2X3Y4Z5A6B7C8D9E0F1G2H3",
        "key:case:01J2X3Y4Z5A6B7C8D9E0F1G2H3:v3",
        "job:12",
        "ab" * 16,
        "01" * 32,
        "0f" * 64,
    ],
)
def test_ids_numbers_hashes_and_words_of_ours_are_written(fact):
    assert _facts(why=fact)["why"] == fact


@pytest.mark.pure
@given(st.text(max_size=40), st.integers(0, 40))
def test_no_text_with_a_capital_word_a_space_or_a_sign_gets_in(text, place):
    spoilt = text[:place] + " " + text[place:]
    for bad in (spoilt, f"{text}@{text}", f"+{text}", f"{text}é", f"{text}\n"):
        assert not chain.is_token(bad)


@pytest.mark.pure
@given(st.integers(10**6, 10**15))
def test_no_run_of_digits_as_long_as_a_telephone_number_gets_in(number):
    for text in (str(number), f"phone:{number}", f"to.{number}"):
        assert not chain.is_token(text)


@pytest.mark.django_db
def test_a_refused_line_leaves_the_transaction_usable():
    with transaction.atomic():
        with pytest.raises(NotForTheLedger):
            record(by=achieng, verb="case.opened", about=CASE, name="Rehema")
        assert record(by=achieng, verb="case.opened", about=CASE) == 1


@pytest.mark.django_db
def test_nobody_writes_under_a_name_that_is_not_a_ledger_name():
    for name in ("Achieng", "achieng", "staff:Achieng", "staff:", "staff: x"):
        with pytest.raises(NotForTheLedger):
            record(by=Colleague(name), verb="case.opened", about=CASE)


@pytest.mark.pure
def test_moments_are_written_in_utc_with_all_their_digits():
    nairobi = dt.timezone(dt.timedelta(hours=3))
    written = chain.moment(dt.datetime(2014, 7, 12, 11, 0, tzinfo=nairobi))
    assert written == "2014-07-12T08:00:00.000000Z"


WRITER = """
import django, sys
django.setup()
from django.db import transaction
from nyumbani.audit.actions import record
from nyumbani.kit.doer import System
for number in range(40):
    with transaction.atomic():
        record(by=System(sys.argv[1]), verb="job.begun", about=f"job:{number}")
        record(by=System(sys.argv[1]), verb="job.done", about=f"job:{number}")
"""


@pytest.mark.slow
def test_several_processes_write_one_chain(house_env):
    python = [sys.executable, "-c", WRITER]
    env = {
        **house_env,
        "DJANGO_SETTINGS_MODULE": "nyumbani.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    names = [f"writer{number}" for number in range(3)]
    writers = [subprocess.Popen([*python, name], env=env) for name in names]
    assert [writer.wait(180) for writer in writers] == [0, 0, 0]
    verdict = verifier.verify()
    assert (verdict.entries, verdict.first_bad, verdict.troubles) == (240, None, ())
    wrote = list(Entry.objects.order_by("n").values_list("by", flat=True))
    assert {name: wrote.count(f"system:{name}") for name in names} == dict.fromkeys(names, 80)
    # A transaction's two lines stand side by side: nobody else wrote between them.
    assert wrote[::2] == wrote[1::2]


def _facts(**facts):
    return chain.body_of(
        at=dt.datetime(2014, 7, 12, tzinfo=dt.UTC),
        by=ACHIENG,
        verb="case.opened",
        about=f"case:{ids.new()}",
        facts=facts,
    )
