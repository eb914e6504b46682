"""Every code of the rule has a word for pages, and may stand in its column."""

import pytest

from nyumbani.domain.consent.recipients import FITTING, Kind
from nyumbani.domain.consent.terms import Cause, Field, Level, Purpose, Way
from nyumbani.people.terms import CAUSES, FIELDS, KINDS, LEVELS, PURPOSES, WAYS, codes

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("words", "rule"),
    [(PURPOSES, Purpose), (FIELDS, Field), (KINDS, Kind), (WAYS, Way), (LEVELS, Level),
     (CAUSES, Cause)],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_each_code_has_one_word(words, rule):
    assert sorted(codes(words)) == sorted(rule)
    assert len({str(label) for _code, label in words}) == len(words)


def test_nobody_is_asked_to_agree_to_anybody_at_all():
    assert set(FITTING) == set(Purpose)
    assert all(kinds and Kind.ANYBODY not in kinds for kinds in FITTING.values())
