"""A demonstration makes its own folders, touches nobody else's, and leaves nothing behind."""

import json
import stat
from pathlib import Path

import pytest

from nyumbani.config.environment import Environment, is_demonstration
from nyumbani.drill.commands.house import environment
from nyumbani.drill.commands.premises import premises
from nyumbani.kit.console import CannotDo

pytestmark = pytest.mark.pure


def test_a_new_folder_is_its_owners_alone_and_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with premises(None, fresh=False) as own:
        for folder in (own.root, own.data, own.keys):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not own.keys.is_relative_to(own.data)
        (own.data / "nyumbani.sqlite3").write_text("rows")
        assert own.is_temporary
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_even_when_something_went_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), premises(None, fresh=False):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_named_is_kept(tmp_path):
    kept = tmp_path / "deep" / "demo"
    with premises(kept, fresh=False) as own:
        (own.data / "rows").write_text("rows")
        assert not own.is_temporary
    assert (kept / "data" / "rows").read_text() == "rows"


def test_an_earlier_demonstration_goes_only_when_that_is_said(tmp_path):
    with premises(tmp_path / "demo", fresh=False) as own:
        (own.data / "rows").write_text("rows")
        (own.root / "my own notes").write_text("keep")
    with (
        pytest.raises(CannotDo, match="--fresh"),
        premises(tmp_path / "demo", fresh=False),
    ):
        pytest.fail("it went in")
    assert (own.data / "rows").exists()
    with premises(tmp_path / "demo", fresh=True) as own:
        assert not (own.data / "rows").exists()
        assert (own.root / "my own notes").exists()


@pytest.mark.parametrize("fresh", [False, True])
def test_a_real_house_is_never_taken_for_one(tmp_path, fresh):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nyumbani.sqlite3").write_text("real people")
    with pytest.raises(CannotDo, match="something else"), premises(tmp_path, fresh=fresh):
        pytest.fail("it went in")
    assert (tmp_path / "data" / "nyumbani.sqlite3").read_text() == "real people"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotDo), premises(tmp_path / "file", fresh=True):
        pytest.fail("it went in")


def test_the_house_knows_nothing_of_a_real_one_on_this_machine(tmp_path, monkeypatch):
    real = {
        "NYUMBANI_DATA": "/srv/real", "NYUMBANI_KEYS": "/srv/keys", "NYUMBANI_KEY": "secret",
        "NYUMBANI_KEY_FILE": "/srv/key", "NYUMBANI_DATABASE_URL": "postgres://real",
        "NYUMBANI_HOSTS": '["house.example"]', "NYUMBANI_HTTPS": "true",
        "CREDENTIALS_DIRECTORY": "/run/credentials", "DJANGO_SETTINGS_MODULE": "real.settings",
    }  # fmt: skip
    for name, value in real.items():
        monkeypatch.setenv(name, value)
    with premises(tmp_path / "demo", fresh=False) as own:
        world = environment(own, {"graph": "http://127.0.0.1:1"})
    assert [name for name in real if world.get(name) == real[name]] == []
    assert Path(world["NYUMBANI_DATA"]) == own.data
    assert world["NYUMBANI_DEMO"] == "true"
    assert json.loads(world["NYUMBANI_PLATFORM_URLS"]) == {"graph": "http://127.0.0.1:1"}
    assert "NYUMBANI_KEY" not in world
    assert "NYUMBANI_DATABASE_URL" not in world


def test_only_a_house_the_demonstration_built_is_one(tmp_path, monkeypatch):
    for name in ("NYUMBANI_DATA", "NYUMBANI_KEYS", "NYUMBANI_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)

    def house(root, **more):
        return Environment(data=root / "data", keys=root / "keys", demo=True, **more)

    with premises(tmp_path / "demo", fresh=False) as own:
        assert is_demonstration(house(own.root))
        assert not is_demonstration(house(own.root, database_url="postgres://real"))
        assert not is_demonstration(Environment(data=own.data, keys=tmp_path / "keys"))
    real = tmp_path / "real"
    for part in ("data", "keys"):
        (real / part).mkdir(parents=True)
    assert not is_demonstration(house(real))
