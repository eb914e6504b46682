"""How much stands behind a chip: of what one may read, and of nothing else."""

import pytest

from nyumbani.inbox.queries import tallies as counting
from nyumbani.inbox.queries.tallies import tallies
from nyumbani.inbox.terms import Show
from tests.desk.world import MINUTE, MONDAY, at_desk, case_with, hear, somebody
from tests.people_here import viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture(autouse=True)
def _short_sighted(monkeypatch):
    """Two are looked at for a chip, and three beyond them."""
    monkeypatch.setattr(counting, "FURTHEST", 2)
    monkeypatch.setattr(counting, "BEYOND", 3)


def wrote(minutes_ago):
    thread = somebody(f"S{minutes_ago}")
    hear(thread, "Habari", at=MONDAY - minutes_ago * MINUTE)
    return thread


def test_what_others_may_read_moves_neither_figure_nor_mark(wanjiku, kamau):
    case_with(wanjiku, wrote(1))
    before = {show: str(one) for show, one in tallies(viewer(wanjiku)).items()}
    case_with(kamau, *(wrote(n) for n in (2, 3, 4, 5, 6)))
    assert {show: str(one) for show, one in tallies(viewer(wanjiku)).items()} == before
    assert before[Show.WAITING] == "1"


def test_ones_own_are_counted_however_many_newer_ones_others_have(wanjiku, kamau):
    case_with(wanjiku, wrote(50), wrote(51), wrote(52))
    case_with(kamau, *(wrote(n) for n in range(1, 9)))
    assert str(tallies(viewer(wanjiku))[Show.WAITING]) == "3"
    page = at_desk(wanjiku).get("/inbox/?show=waiting").content.decode()
    assert '<bdi class="num">3</bdi>' in page
    assert "+</bdi>" not in page


def test_older_ones_that_one_may_read_are_told_of(wanjiku):
    for n in range(1, 4):
        wrote(n)
    assert str(tallies(viewer(wanjiku))[Show.WAITING]) == "2+"
    assert '<bdi class="num">2+</bdi>' in at_desk(wanjiku).get("/inbox/").content.decode()


def test_who_reads_no_cases_is_told_nothing(mutiso):
    wrote(1)
    assert {str(one) for one in tallies(viewer(mutiso)).values()} == {"0"}
