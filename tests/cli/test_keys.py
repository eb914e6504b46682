"""`nyumbani unlock | lock | keys …`."""

import io
import json
import stat

import pytest

from nyumbani.audit.models import Entry
from nyumbani.cli.keys import Reason
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.kit import clock
from nyumbani.kit.console import CannotDo, Misuse
from nyumbani.kit.doer import System
from nyumbani.people.actions import meet, note_name
from nyumbani.people.models.names import PersonName
from nyumbani.people.terms import NameSource
from nyumbani.vault import commands, datakeys, keyring, terms
from nyumbani.vault.backups import recovery
from nyumbani.vault.backups.commands import make_recovery_key
from nyumbani.vault.envelope import CannotOpen
from nyumbani.vault.models import DataKey
from nyumbani.vault.terms import ShredReason

WORDS = "maji ya kunywa"
TESTS = System("tests")


@pytest.fixture
def typed(monkeypatch):
    """Type these lines on standard input."""

    def type_(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_


@pytest.fixture
def something_sealed(db, own_keys):
    row = ChannelAccount(
        seal_scope=terms.HOUSE, channel="whatsapp", account="1", label="x",
        secrets={"app_secret": "siri"}, added_at=clock.now(),
    )  # fmt: skip
    row.save()
    return row


def secret_of(row) -> str:
    datakeys.forget()
    return ChannelAccount.objects.get(pk=row.pk).secrets["app_secret"]


def test_keys_are_counted_and_never_shown(something_sealed, own_keys, capsys):
    assert commands.show(json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["installation"] == keyring.fingerprint(keyring.installation_keys()[0])
    assert told["wrapped_by"] == [told["installation"]]
    assert told["scopes_by_kind"] == {"house": 1, "index": 1, "intake": 1}
    commands.show()
    said = capsys.readouterr().out
    assert "3 scopes" in said
    assert (own_keys / "installation.key").read_text().split()[1] not in said


def test_a_scope_gets_a_new_key_and_what_it_held_still_opens(something_sealed, capsys):
    before = ChannelAccount.objects.get().seal_scope
    assert commands.rotate(scope=before) == 0
    assert "New keys: 1 scope. Sealed anew: 1 row." in capsys.readouterr().out
    assert DataKey.objects.filter(scope=terms.HOUSE).count() == 2
    assert secret_of(something_sealed) == "siri"


def test_all_scopes_but_the_index_get_a_new_key(something_sealed):
    commands.rotate(scope="all")
    versions = dict(DataKey.objects.filter(retired_at=None).values_list("scope", "version"))
    assert versions == {"house": 2, "intake": 2, "index": 1}
    assert secret_of(something_sealed) == "siri"


@pytest.mark.parametrize("scope", ["index", "case:01J0000000000000000000000X", "everything"])
def test_what_is_no_scope_to_rotate_is_refused(something_sealed, scope):
    with pytest.raises(Misuse):
        commands.rotate(scope=scope)


@pytest.fixture
def her_name(db, own_keys):
    """Somebody with a name, and the scope of her key."""
    her = meet(at=clock.now(), by=TESTS)
    note_name(person=her, given="Rehema", source=NameSource.SAID, at=clock.now(), by=TESTS)
    return her.seal_scope


def test_a_persons_key_is_destroyed_when_it_is_typed_again(her_name, typed, capsys):
    typed(her_name)
    assert commands.shred(scope=her_name, reason=ShredReason.ASKED) == 0
    datakeys.forget()
    with pytest.raises(CannotOpen):
        _ = PersonName.objects.get().given
    said = capsys.readouterr()
    assert f"Destroyed: 1 version of the key of {her_name}" in said.out
    assert "does NOT reach the webhook bodies in the journal" in said.err
    line = Entry.objects.get(verb="key.shredded")
    assert json.loads(bytes(line.body))["reason"] == "asked"
    with pytest.raises(Misuse, match="destroyed already"):
        commands.shred(scope=her_name, reason=ShredReason.ASKED)


@pytest.mark.parametrize("answer", ["", "yes", "person:"])
def test_a_key_not_typed_again_stays(her_name, typed, answer):
    typed(answer)
    with pytest.raises(CannotDo, match="nothing was destroyed"):
        commands.shred(scope=her_name, reason=ShredReason.ASKED)
    datakeys.forget()
    assert PersonName.objects.get().given == "Rehema"
    assert not Entry.objects.filter(verb="key.shredded").exists()


@pytest.mark.parametrize("scope", ["house", "index", "intake", "all", "case:01J", "person:1"])
def test_no_key_but_a_persons_or_a_cases_is_destroyed(db, own_keys, typed, scope):
    typed(scope)
    with pytest.raises(Misuse):
        commands.shred(scope=scope, reason=ShredReason.MISTAKE)


def test_the_command_line_knows_every_reason():
    assert [reason.value for reason in Reason] == ShredReason.values


@pytest.mark.django_db(transaction=True)
def test_the_installation_key_is_replaced(something_sealed):
    former = keyring.installation_keys()
    commands.rotate(scope="installation")
    assert len(keyring.installation_keys()) == 1
    assert keyring.installation_keys() != former
    assert secret_of(something_sealed) == "siri"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_open_installation_key_is_replaced_by_a_closed_one(something_sealed, own_keys, typed):
    typed(WORDS)
    commands.rotate(scope="installation", passphrase=True)
    assert keyring.is_closed()
    assert secret_of(something_sealed) == "siri"
    commands.lock()
    assert keyring.is_locked()
    typed(WORDS)
    commands.unlock()
    assert secret_of(something_sealed) == "siri"
    typed(WORDS)
    commands.rotate(scope="installation")  # closed it stays, with the same words
    assert keyring.is_closed()
    assert secret_of(something_sealed) == "siri"
    assert WORDS not in (own_keys / "installation.key").read_text()


@pytest.mark.django_db(transaction=True)
def test_a_wrong_passphrase_changes_nothing(something_sealed, own_keys, typed):
    typed(WORDS)
    commands.rotate(scope="installation", passphrase=True)
    before = (own_keys / "installation.key").read_text()
    typed("maji ya chumvi")
    with pytest.raises(keyring.BadKey, match="not the passphrase"):
        commands.rotate(scope="installation")
    assert (own_keys / "installation.key").read_text() == before
    assert secret_of(something_sealed) == "siri"


def test_a_key_given_from_outside_is_not_rotated_behind_its_back(
    something_sealed, own_keys, monkeypatch
):
    monkeypatch.setenv("NYUMBANI_KEY", (own_keys / "installation.key").read_text().split()[1])
    with pytest.raises(CannotDo, match="NYUMBANI_KEY"):
        commands.rotate(scope="installation")


def test_a_short_passphrase_is_refused(something_sealed, typed):
    typed("fupi")
    with pytest.raises(CannotDo, match="12 characters"):
        commands.rotate(scope="installation", passphrase=True)


def test_a_key_without_passphrase_can_be_neither_locked_nor_unlocked(own_keys, db):
    for command in (commands.lock, commands.unlock):
        with pytest.raises(CannotDo, match="not closed"):
            command()


def test_the_recovery_key_goes_out_once_and_its_public_half_stays(db, own_keys, tmp_path, capsys):
    out = tmp_path / "recovery.key"
    assert make_recovery_key(out=str(out)) == 0
    private = recovery.read(out)
    assert private.startswith("AGE-SECRET-KEY-1")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert recovery.recipient() in out.read_text()
    kept = b"".join(file.read_bytes() for file in own_keys.iterdir())
    assert private.encode() not in kept
    assert private not in "".join(capsys.readouterr())


def test_the_recovery_key_can_be_printed_instead(db, own_keys, capsys):
    make_recovery_key(out="-")
    said = capsys.readouterr()
    assert "AGE-SECRET-KEY-1" in said.out
    assert "AGE-SECRET-KEY-1" not in said.err


def test_a_second_recovery_key_must_be_meant(db, own_keys, tmp_path):
    make_recovery_key(out="-")
    first = recovery.recipient()
    with pytest.raises(CannotDo, match="already"):
        make_recovery_key(out=str(tmp_path / "second"))
    assert not (tmp_path / "second").exists()
    make_recovery_key(out=str(tmp_path / "second"), replace=True)
    assert recovery.recipient() != first


def test_the_private_half_is_not_left_in_the_house(db, own_keys, own_data, tmp_path):
    (tmp_path / "there").write_text("something else")
    for out in (own_keys / "recovery.key", own_data / "recovery.key", tmp_path / "there"):
        with pytest.raises(CannotDo):
            make_recovery_key(out=str(out))
    assert not recovery.exists()
    assert (tmp_path / "there").read_text() == "something else"
