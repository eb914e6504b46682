"""The head witness remembers what the ledger cannot: that there was more of it, or other."""

import stat

import pytest

from nyumbani.audit import witness
from nyumbani.audit.verifier import verify
from nyumbani.kit import clock
from tests.audit.people import break_in, rewrite_from, stored, write_lines


def note_head(n):
    witness.append(witness.folder() / witness.FILE, n=n, hash_=bytes(stored(n)["hash"]))


@pytest.mark.django_db
def test_a_tail_cut_off_is_invisible_to_the_chain_but_not_to_the_witness():
    write_lines(9)
    note_head(8)
    break_in("DELETE FROM audit_entry WHERE n > 6")
    verdict = verify()
    assert (verdict.entries, verdict.first_bad.n) == (6, 7)
    assert "is missing" in verdict.first_bad.why
    assert "up to 8" in verdict.first_bad.why


@pytest.mark.django_db
def test_a_ledger_emptied_altogether_is_noticed():
    write_lines(3)
    note_head(3)
    break_in("DELETE FROM audit_entry")
    assert verify().first_bad.n == 1


@pytest.mark.django_db
def test_a_chain_written_anew_with_fitting_hashes_is_noticed():
    write_lines(9)
    note_head(3)
    note_head(7)
    body = bytes(stored(5)["body"]).replace(b'"page":4', b'"page":5')
    rewrite_from(5, body)
    verdict = verify()
    assert verdict.first_bad.n == 7  # the first entry somebody else remembers
    assert "line 2 of the head witness" in verdict.first_bad.why


@pytest.mark.django_db
def test_a_head_given_by_hand_counts_as_a_witness():
    write_lines(5)
    head = witness.parse(verify().head, "the head given")
    assert verify(head).is_good
    break_in("DELETE FROM audit_entry WHERE n = 5")
    verdict = verify(head)
    assert verdict.first_bad.n == 5
    assert "the head given remembers" in verdict.first_bad.why
    assert verify().is_good


@pytest.mark.django_db
def test_lines_written_after_the_witness_looked_are_welcome():
    write_lines(3)
    note_head(3)
    write_lines(2)
    assert verify().is_good


@pytest.mark.django_db
def test_a_witness_that_was_scribbled_on_is_told(keys_folder):
    write_lines(2)
    note_head(2)
    file = keys_folder / "ledger-head"
    for scribble in (b"2:feed\n", b"nobody was here\n", b"\xff\xfe\n", b"\n"):
        file.write_bytes(scribble)
        verdict = verify()
        assert verdict.is_good is False
        assert "the head witness cannot be read" in verdict.troubles[0]


@pytest.mark.pure
def test_each_head_is_one_private_line_and_the_same_head_is_noted_once(tmp_path):
    file = tmp_path / "keys" / "ledger-head"
    witness.append(file, n=3, hash_=b"\x01" * 32)
    witness.append(file, n=3, hash_=b"\x01" * 32)
    witness.append(file, n=5, hash_=b"\x02" * 32)
    assert [(head.n, head.hash) for head in witness.heads(file)] == [
        (3, b"\x01" * 32),
        (5, b"\x02" * 32),
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.pure
def test_a_line_cut_off_by_a_crash_is_passed_over_and_mended(tmp_path):
    file = tmp_path / "ledger-head"
    witness.append(file, n=3, hash_=b"\x01" * 32)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:20])
    assert [head.n for head in witness.heads(file)] == [3]
    witness.append(file, n=4, hash_=b"\x02" * 32)
    assert [head.n for head in witness.heads(file)] == [3, 4]


@pytest.mark.pure
def test_there_is_no_witness_before_the_first_look(tmp_path):
    assert witness.heads(tmp_path / "ledger-head") == []


@pytest.mark.pure
@pytest.mark.parametrize(
    "text", ["", "7", "7:", "0:" + "ab" * 32, "7:" + "g" * 64, "-1:" + "ab" * 32]
)
def test_a_head_that_is_not_one_is_not_guessed_at(text):
    with pytest.raises(witness.Unreadable, match="the head given"):
        witness.parse(text, "the head given")


@pytest.mark.django_db
def test_after_an_older_backup_was_restored_the_old_witness_is_set_aside_by_name(keys_folder):
    write_lines(5)
    note_head(5)
    break_in("DELETE FROM audit_entry WHERE n > 2")
    assert verify().is_good is False
    kept = witness.set_aside(keys_folder / "ledger-head", clock.now())
    assert verify().is_good
    assert kept.name.startswith("ledger-head.")
    assert [head.n for head in witness.heads(kept)] == [5]
    assert witness.set_aside(keys_folder / "ledger-head", clock.now()) is None
