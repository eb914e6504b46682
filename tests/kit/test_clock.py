"""The one clock: real, held by a test, or moved for every process alike by the demo's slider."""

import asyncio
import datetime as dt
import os
import subprocess
import sys
import threading

import pytest

from nyumbani.kit import clock
from nyumbani.kit.clock import ClockFile
from tests.hands import real_time_again

pytestmark = pytest.mark.pure

JULY_2014 = dt.datetime(2014, 7, 12, 8, 0, tzinfo=dt.UTC)
A_MOMENT = dt.timedelta(seconds=5)


@pytest.fixture
def shared(tmp_path):
    """A clock file that this process follows until the test ends."""
    file = tmp_path / "clock.json"
    clock.follow(file)
    yield ClockFile(file)
    real_time_again()


def test_unless_told_otherwise_it_is_what_it_is():
    before = clock.real_now()
    assert before <= clock.now() <= clock.real_now()
    assert clock.now().tzinfo is dt.UTC


def test_a_held_clock_stands_still_and_is_let_go_again():
    with clock.at(JULY_2014):
        assert clock.now() == clock.now() == JULY_2014
        assert clock.real_now() - JULY_2014 > dt.timedelta(days=3650)
    assert clock.now() - clock.real_now() < A_MOMENT


def test_held_clocks_nest_and_a_broken_test_lets_go_too():
    later = JULY_2014 + dt.timedelta(days=2)
    with clock.at(JULY_2014):
        with pytest.raises(ZeroDivisionError), clock.at(later):
            1 / (clock.now() - later).seconds
        assert clock.now() == JULY_2014
    assert clock.now() > later


def test_a_moment_in_another_zone_is_the_same_moment_in_utc():
    nairobi = dt.timezone(dt.timedelta(hours=3))
    with clock.at(dt.datetime(2014, 7, 12, 11, 0, tzinfo=nairobi)):
        assert clock.now() == JULY_2014
        assert clock.now().utcoffset() == dt.timedelta(0)


def test_a_moment_without_a_zone_is_not_guessed_at():
    with pytest.raises(ValueError, match="time zone"), clock.at(JULY_2014.replace(tzinfo=None)):
        pass


def test_holding_the_clock_here_does_not_stop_another_threads():
    seen = []
    with clock.at(JULY_2014):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > JULY_2014 + dt.timedelta(days=3650)


def test_a_task_started_under_a_held_clock_keeps_it():
    async def ask():
        return clock.now()

    async def both():
        with clock.at(JULY_2014):
            task = asyncio.create_task(ask())
        return await task, clock.now()

    held, free = asyncio.run(both())
    assert held == JULY_2014
    assert free > JULY_2014


def test_a_clock_file_that_is_not_there_yet_says_real_time(shared):
    assert clock.now() - clock.real_now() < A_MOMENT


def test_a_moved_clock_runs_on_from_where_it_was_set_and_can_be_moved_again(shared):
    shared.set(JULY_2014)
    first = clock.now()
    assert JULY_2014 <= first < JULY_2014 + A_MOMENT
    assert clock.now() > first
    back = JULY_2014 - dt.timedelta(days=30)
    shared.set(back)
    assert back <= clock.now() < back + A_MOMENT


def test_a_held_clock_goes_before_the_shared_one(shared):
    shared.set(JULY_2014)
    held = JULY_2014 + dt.timedelta(days=1)
    with clock.at(held):
        assert clock.now() == held
    assert clock.now() < held


def test_after_unfollowing_it_is_real_time_again(shared):
    shared.set(JULY_2014)
    real_time_again()
    assert clock.now() > JULY_2014 + dt.timedelta(days=3650)


@pytest.mark.parametrize(
    "half", ['{"offset": -3', '{"off', "{}", "", "no", '{"offset": "x"}', "null"]
)
def test_a_half_written_file_is_not_stumbled_over(shared, half):
    shared.set(JULY_2014)
    assert clock.now().year == 2014
    shared.file.write_text(half)
    assert clock.now() - clock.real_now() < A_MOMENT
    shared.set(JULY_2014)
    assert clock.now().year == 2014


def test_setting_the_clock_leaves_one_whole_file(shared):
    for day in range(20):
        shared.set(JULY_2014 + dt.timedelta(days=day))
    assert [file.name for file in shared.file.parent.iterdir()] == ["clock.json"]


OTHER_PROCESS = """
import sys
from pathlib import Path
from nyumbani.kit import clock
clock.follow(Path(sys.argv[1]))
print(clock.now().isoformat(), flush=True)
sys.stdin.readline()
print(clock.now().isoformat(), flush=True)
"""


def test_another_process_that_follows_the_file_reads_the_same_time_also_after_a_move(shared):
    shared.set(JULY_2014)
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, str(shared.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as other:
        assert _near(other.stdout.readline(), clock.now())
        shared.set(JULY_2014 + dt.timedelta(days=3))
        other.stdin.write("\n")
        other.stdin.flush()
        assert _near(other.stdout.readline(), clock.now())
        assert clock.now() > JULY_2014 + dt.timedelta(days=3)
        assert other.wait(10) == 0


def _near(line, moment):
    return abs(dt.datetime.fromisoformat(line.strip()) - moment) < A_MOMENT
