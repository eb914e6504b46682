"""Files that are there whole or not at all."""

import stat
import threading

import pytest

from nyumbani.kit.wholefile import whole_file, write_whole

pytestmark = pytest.mark.pure


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_its_owners_alone_and_nothing_lies_beside_it(tmp_path):
    write_whole(tmp_path / "new" / "key", "siri")
    assert (tmp_path / "new" / "key").read_text() == "siri"
    assert stat.S_IMODE((tmp_path / "new" / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert names(tmp_path / "new") == ["key"]


def broken_off(to):
    with whole_file(to) as out:
        out.write(b"ha")
        raise KeyboardInterrupt


def test_what_is_broken_off_leaves_the_former_file(tmp_path):
    write_whole(tmp_path / "key", "former")
    with pytest.raises(KeyboardInterrupt):
        broken_off(tmp_path / "key")
    assert (tmp_path / "key").read_text() == "former"
    assert names(tmp_path) == ["key"]


@pytest.mark.parametrize("has_second_names", [True, False], ids=["disk", "stick"])
def test_a_file_that_is_there_is_not_replaced_unless_that_is_meant(
    tmp_path, monkeypatch, has_second_names
):
    if not has_second_names:

        def refuse(*_):
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr("os.link", refuse)
    write_whole(tmp_path / "key", "former", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(tmp_path / "key", "new", replace=False)
    assert (tmp_path / "key").read_text() == "former"
    assert names(tmp_path) == ["key"]


def overtaken(to):
    with whole_file(to, replace=False) as late:
        late.write(b"late")
        write_whole(to, "early", replace=False)


@pytest.mark.parametrize("has_second_names", [True, False], ids=["disk", "stick"])
def test_the_later_of_two_who_write_at_once_is_told(tmp_path, monkeypatch, has_second_names):
    if not has_second_names:

        def refuse(*_):
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr("os.link", refuse)
    with pytest.raises(FileExistsError):
        overtaken(tmp_path / "key")
    assert (tmp_path / "key").read_text() == "early"
    assert names(tmp_path) == ["key"]


def test_many_who_write_at_once_leave_one_of_their_words(tmp_path):
    told = []

    def write(word):
        try:
            write_whole(tmp_path / "key", word, replace=False)
        except FileExistsError:
            told.append(word)

    threads = [threading.Thread(target=write, args=(f"word {n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(told) == 7
    assert (tmp_path / "key").read_text() not in told
