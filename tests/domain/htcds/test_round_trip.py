"""Out and in and out again: the same cells, whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nyumbani.domain.htcds.cells import neutralised, restored
from nyumbani.domain.htcds.fields import extensions, fields
from nyumbani.domain.htcds.headings import headings
from nyumbani.domain.htcds.records import Record, records, table

pytestmark = pytest.mark.pure

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from([
        "ونجيرو", "ወንጂሩ", "Wanjirũ", "=1+1", "+254700123456", "-1", "@SUM(A1)", "'=x", "''=x",
        "'Abd al-Rahman", "\tx", "\r\nx", "a\nb", "\u200f=1", "007", "1e5", "TRUE", " x ", '"',
        "a,b;c", "＝1", "_x0041_", "\x0b",
    ]),
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from([*fields(), *extensions()]),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20).map("x_{}".format),
)
PEOPLE = st.lists(st.dictionaries(NAMES, WORDS, max_size=8), max_size=6).map(
    lambda rows: [Record(number, values) for number, values in enumerate(rows, start=1)]
)


@given(WORDS)
def test_no_cell_begins_like_a_formula_and_every_cell_comes_back(value):
    cell = neutralised(value)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(cell) == value


@given(PEOPLE, st.booleans())
def test_out_and_in_and_out_again_gives_the_same_cells(people, with_labels):
    out = table(people, labels=with_labels)
    back = records(out, headings(out))
    assert [one.values for one in back] == [
        {name: value for name, value in one.values.items() if value}
        for one in people
        if any(one.values.values())
    ]
    assert table(back, labels=with_labels) == [row for row in out if any(row)]
