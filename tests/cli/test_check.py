"""`nyumbani check`: every worry is a sentence, and red means 1."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from nyumbani.accounts.actions import make_demo_staff
from nyumbani.cli import checks
from nyumbani.cli.checks import ground, rooms
from nyumbani.cli.checks.finding import Level
from nyumbani.inbox.actions import doors
from nyumbani.inbox.actions.doors import Secrets
from nyumbani.jobs.actions import enqueue
from nyumbani.jobs.models import Job
from nyumbani.kit import clock
from nyumbani.kit.doer import System
from nyumbani.vault import envelope, keyring
from nyumbani.vault.backups.commands import make_recovery_key
from nyumbani.vault.files import plain_place

TESTS = System("tests")


@pytest.fixture(autouse=True)
def standing(db, own_keys, own_data, settings):
    """A house of this test's own that stands."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def found(about: str) -> list[tuple[Level, str]]:
    return [(one.level, one.says) for one in checks.findings() if one.about == about]


def only(about: str) -> tuple[Level, str]:
    (one,) = found(about)
    return one


def test_a_new_house_has_worries_but_nothing_red(capsys):
    assert checks.check() == 0
    said = capsys.readouterr().out
    assert "RED" not in said
    assert "nyumbani staff link" in said
    assert "nyumbani inbox connect" in said
    assert "nyumbani keys recovery" in said


def test_the_same_can_be_read_by_a_program(capsys, settings):
    settings.ALLOWED_HOSTS = ["*"]
    assert checks.check(json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["good"] is False
    red = [one for one in told["findings"] if one["level"] == "red"]
    assert [one["about"] for one in red] == ["way in"]


def test_a_key_others_can_read_is_red(own_keys):
    (own_keys / "installation.key").chmod(0o640)
    level, says = only("installation key")
    assert level == Level.RED
    assert "0600" in says


def test_a_missing_key_is_red(own_keys):
    (own_keys / "installation.key").unlink()
    assert only("installation key")[0] == Level.RED


def test_keys_that_lie_in_the_data_folder_are_red(own_data, own_keys, settings):
    settings.NYUMBANI_DATA = own_keys.parent
    assert (Level.RED, "it lies in the data folder: a copy of the data has its own key.") in found(
        "keys folder"
    )


def test_a_folder_open_to_others_is_red(own_data):
    own_data.chmod(0o755)
    assert only("data folder")[0] == Level.RED


def test_the_key_of_another_house_is_red(own_keys):
    keyring.write([envelope.new_key()])
    level, says = only("house keys")
    assert level == Level.RED
    assert "not the one that made this data" in says


def test_a_locked_house_is_red_and_nothing_fails_because_of_it(own_keys):
    keyring.write(keyring.installation_keys(), "maji ya kunywa")
    assert only("installation key") == (
        Level.RED,
        "the house is locked: run 'nyumbani unlock'.",
    )
    assert only("queue")[0] == Level.GOOD


@pytest.mark.parametrize(
    ("hosts", "https", "proxy", "level"),
    [
        (["localhost", "127.0.0.1", "[::1]"], False, False, Level.GOOD),
        (["nyumbani.example.org"], False, False, Level.RED),
        (["nyumbani.example.org"], True, False, Level.WORRY),
        (["nyumbani.example.org"], True, True, Level.GOOD),
        (["localhost"], True, True, Level.WORRY),
        (["*"], True, True, Level.RED),
    ],
)
def test_the_way_in_is_judged(settings, hosts, https, proxy, level):
    settings.ALLOWED_HOSTS = hosts
    settings.SECURE_SSL_REDIRECT = https
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    assert only("way in")[0] == level


def test_a_clock_that_was_set_back_is_red(own_keys):
    ahead = clock.real_now().timestamp() + 3600
    (own_keys / "ledger-head").touch()
    os.utime(own_keys / "ledger-head", (ahead, ahead))
    level, says = only("clock")
    assert level == Level.RED
    assert "60 minutes behind" in says


def test_changes_the_database_lacks_are_red_and_nothing_inside_is_asked(monkeypatch):
    class Lacking:
        def __init__(self, _connection):
            self.loader = self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, _targets):
            return ["one", "two"]

    monkeypatch.setattr(rooms, "MigrationExecutor", Lacking)
    assert only("database") == (Level.RED, "2 changes to make: run 'nyumbani migrate'.")
    assert found("queue") == []


def test_jobs_that_stopped_are_counted():
    enqueue(kind="tests.nothing", data={}, by=TESTS)
    Job.objects.update(state="dead", death="gave_up", finished_at=clock.now())
    assert only("queue") == (
        Level.WORRY,
        "1 job stopped and waits for a person to look.",
    )


def test_a_job_that_waits_long_means_that_no_worker_runs():
    with clock.at(clock.real_now() - dt.timedelta(hours=3)):
        enqueue(kind="tests.nothing", data={}, by=TESTS)
    assert only("queue") == (
        Level.RED,
        "1 job due, the oldest for 3 hours: no worker works.",
    )


def test_a_stopped_channel_is_red():
    secrets = Secrets("siri", "neno", "kuingia")
    row = doors.connect(channel="whatsapp", account="1", label="Main", secrets=secrets, by=TESTS)
    assert only("channels")[0] == Level.GOOD
    doors.stop(account=row, why="the platform refused our token", by=TESTS)
    level, says = only("channels")
    assert level == Level.RED
    assert says == "whatsapp “Main” is stopped: the platform refused our token."


def test_once_somebody_is_there_no_link_is_asked_for():
    make_demo_staff(by=TESTS)
    assert found("staff") == []


def test_an_old_or_missing_backup_worries(own_keys):
    make_recovery_key(out="-")
    assert "none was made yet" in only("backups")[1]
    made = (clock.real_now() - dt.timedelta(days=9)).isoformat()
    note = own_keys / "last-backup.json"
    note.write_text(json.dumps({"at": made, "sha256": "00"}))
    assert only("backups") == (Level.WORRY, "the last was made 9 days ago.")
    note.write_text(json.dumps({"at": clock.real_now().isoformat(), "sha256": "00"}))
    assert only("backups") == (Level.GOOD, "the last was made just now.")
    note.write_text("spoilt")
    assert only("backups")[0] == Level.WORRY


def test_a_ledger_nobody_verified_lately_worries(own_keys):
    assert only("ledger")[0] == Level.WORRY
    file = own_keys / "ledger-head"
    file.write_text("1:" + "00" * 32 + " then\n")
    assert only("ledger")[0] == Level.GOOD
    old = clock.real_now().timestamp() - 9 * 24 * 3600
    os.utime(file, (old, old))
    assert only("ledger")[0] == Level.WORRY


def test_a_look_that_fails_is_red_itself_and_stops_no_other(own_keys):
    (own_keys / "ledger-head").write_text("spoilt by hand\n")
    level, says = only("ledger")
    assert level == Level.RED
    assert "\n" not in says
    assert found("backups")


def test_little_room_worries(monkeypatch):
    class Full:
        total, free = 100 * 1024**3, 1024**2

    monkeypatch.setattr("shutil.disk_usage", lambda _folder: Full)
    assert only("disk")[0] == Level.RED


def test_the_data_folder_may_not_be_there_yet(settings, tmp_path):
    settings.NYUMBANI_DATA = Path(tmp_path / "not" / "yet")
    assert only("data folder")[0] == Level.RED
    assert only("disk")[0] in Level


@pytest.mark.pure
@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-3, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (119, "119 minutes"),
     (120, "2 hours"), (47 * 60, "47 hours"), (49 * 60, "2 days"), (9 * 1440, "9 days")],
)  # fmt: skip
def test_how_long_ago_is_said_in_words_that_fit_the_number(minutes, said):
    assert rooms._length(dt.timedelta(minutes=minutes)) == said


MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0
tmpfs {folder} tmpfs rw 0 0
/dev/vdb {folder}/disk xfs rw 0 0
short
"""


@pytest.mark.parametrize(
    ("name", "level", "said"),
    [
        ("memory", Level.GOOD, "in memory alone"),
        ("disk", Level.WORRY, "lie in plain"),
        ("disk/further", Level.WORRY, "lie in plain"),
    ],
)
def test_files_that_would_lie_in_plain_on_a_disk_are_a_worry(tmp_path, name, level, said):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(folder=tmp_path))
    (tmp_path / name).mkdir(parents=True)
    (one,) = ground.opened_files(tmp_path / name, mounts)
    assert (one.about, one.level) == ("opened files", level)
    assert said in one.says
    assert str(tmp_path / name) in one.says


def test_a_disk_over_the_memory_counts_and_where_nobody_tells_it_may_be_one(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"tmpfs {tmp_path} tmpfs rw 0 0\n/dev/vdb {tmp_path} ext4 rw 0 0\n")
    for told in (mounts, tmp_path / "nothing"):
        assert next(ground.opened_files(tmp_path, told)).level is Level.WORRY


def test_check_says_where_opened_files_lie():
    assert only("opened files")[0] in {Level.GOOD, Level.WORRY}
    assert str(plain_place()) in only("opened files")[1]
