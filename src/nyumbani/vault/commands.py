"""What an operator does with keys: `nyumbani unlock | lock | keys …`, and what `serve` makes."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from nyumbani.kit.console import (
    GOOD,
    CannotDo,
    Misuse,
    ask,
    ask_secret,
    is_terminal,
    say,
    say_json,
    some,
    warn,
)
from nyumbani.kit.doer import System
from nyumbani.vault import actions, keyring, terms
from nyumbani.vault.models import DataKey

OPERATOR = System("operator")
INSTALLATION, ALL = "installation", "all"
SHORTEST_PASSPHRASE = 12  # characters

_MADE = (
    "Whoever has it and the data can read everything; without it nobody can, not even you.",
    "It is in no backup: copy it to a safe place away from this machine and from the backups.",
)

_LEFT_ANYWAY = (
    "The rows stay, unreadable: how many, when, of what kind; and digests that find a number.",
    "The ledger stays. Backups made so far hold the key.",
)
_LEFT = {
    "person": (
        "It does NOT reach the webhook bodies in the journal: what she wrote, and her number,",
        "stand there sealed to the door's key, and this installation can open them.",
        "Nor what others wrote down about her in a case, nor items that were not understood.",
        *_LEFT_ANYWAY,
    ),
    "case": (
        "It does NOT reach the people of the case, what they wrote, nor the journal.",
        *_LEFT_ANYWAY,
    ),
}


def make_folders() -> None:
    """Make the data folder, open to its owner alone; raises CannotDo if the keys lie in it."""
    data = Path(settings.NYUMBANI_DATA)
    if key_is_in_data():
        raise CannotDo(
            f"the keys folder {settings.NYUMBANI_KEYS} lies in the data folder {data}: a copy of"
            " the data would carry its own key. Set NYUMBANI_KEYS to another place"
        )
    data.mkdir(parents=True, exist_ok=True, mode=0o700)


def key_is_in_data() -> bool:
    """Whether the keys folder lies in the data folder, where a backup or thief would find both."""
    keys = Path(settings.NYUMBANI_KEYS).resolve()
    return keys.is_relative_to(Path(settings.NYUMBANI_DATA).resolve())


def make_installation_key(*, passphrase: bool = False) -> None:
    """Make the installation key where there is none, and say where it lies and what that means.

    With `passphrase`, ask for one and close the key with it; it is open for now.
    """
    if keyring.source():
        if passphrase and not keyring.is_closed():
            raise CannotDo(
                f"there is an installation key already ({keyring.source()}); 'nyumbani keys rotate"
                " --scope installation --passphrase' replaces it by a closed one"
            )
        return
    words = _new_passphrase() if passphrase else ""
    file = keyring.make(words)
    say(f"The installation key is new: {file} (mode 0600).", *(f"  {line}" for line in _MADE))
    if words:
        keyring.unlock(words)
        say("  It is closed with your passphrase: after a restart, run 'nyumbani unlock'.")


def offer_to_unlock() -> bool:
    """Whether the house is open; at a terminal a locked one asks for its passphrase first."""
    if keyring.is_locked() and is_terminal():
        keyring.unlock(ask_secret("Passphrase of the installation key"))
    return not keyring.is_locked()


def make_house_keys() -> None:
    """Give a new database its keys; needs the installation key only if there are none yet."""
    actions.make_house_keys(by=OPERATOR)


def unlock() -> int:
    """`nyumbani unlock`: open the closed key until the machine stops or `nyumbani lock`."""
    if not keyring.is_closed():
        source = keyring.source() or f"there is none in {settings.NYUMBANI_KEYS}"
        raise CannotDo(f"the installation key is not closed with a passphrase ({source})")
    keyring.unlock(ask_secret("Passphrase of the installation key"))
    say("The house is open. Running processes notice within seconds.")
    return GOOD


def lock() -> int:
    """`nyumbani lock`: forget the opened key; what is in memory fades within a minute."""
    if not keyring.is_closed():
        raise CannotDo(
            f"the installation key is not closed with a passphrase ({keyring.source() or 'none'}),"
            " so nothing can be locked"
        )
    keyring.lock()
    say("The house is locked: 'nyumbani unlock' opens it. Opened keys fade within a minute.")
    return GOOD


def show(*, json: bool = False) -> int:
    """`nyumbani keys show`: which installation key this is, and how many data keys it wraps."""
    rows = list(DataKey.objects.values_list("scope", "version", "retired_at", "shredded_at"))
    kinds = Counter(scope.partition(":")[0] for scope, _v, retired, _s in rows if retired is None)
    told = {
        "installation": _fingerprint(),
        "source": keyring.source(),
        "closed_with_passphrase": keyring.is_closed(),
        "wrapped_by": sorted(
            set(DataKey.objects.filter(shredded_at=None).values_list("installation", flat=True))
        ),
        "scopes": sum(kinds.values()),
        "scopes_by_kind": dict(sorted(kinds.items())),
        "versions": len(rows),
        "shredded": sum(shredded is not None for *_rest, shredded in rows),
    }
    if json:
        say_json(told)
        return GOOD
    closed = ", closed with a passphrase" if told["closed_with_passphrase"] else ""
    say(
        f"Installation key: {told['installation'] or 'locked'} from {told['source']}{closed}.",
        f"Data keys: {some(sum(kinds.values()), 'scope')}, {some(len(rows), 'version')},"
        f" {told['shredded']} shredded.",
        *(f"  {kind}: {count}" for kind, count in sorted(kinds.items())),
    )
    return GOOD


def rotate(*, scope: str, passphrase: bool = False) -> int:
    """`nyumbani keys rotate`: a new key for one scope, for all, or the one above them all."""
    if passphrase and scope != INSTALLATION:
        raise Misuse("only the installation key is closed with a passphrase")
    if scope == INSTALLATION:
        return _rotate_installation(wanted=passphrase)
    current = DataKey.objects.filter(retired_at=None, shredded_at=None)
    if scope == ALL:
        scopes = current.exclude(scope=terms.INDEX).order_by("scope")
        return _rotate_each(scopes.values_list("scope", flat=True))
    if scope == terms.INDEX:
        raise Misuse("the index key is not rotated: every number would have to be indexed again")
    if not current.filter(scope=scope).exists():
        raise Misuse(f"there is no scope {scope}; scopes are house, intake, person:ID and case:ID")
    return _rotate_each([scope])


def shred(*, scope: str, reason: terms.ShredReason) -> int:
    """`nyumbani keys shred`: destroy the key of one person or one case, for ever.

    Whoever does it types the scope a second time, after reading what is left.
    """
    if not terms.is_of_one(scope):
        raise Misuse("only the key of one person or one case is destroyed: person:ID or case:ID")
    if not DataKey.objects.filter(scope=scope, shredded_at=None).exists():
        raise Misuse(f"there is no key {scope}, or it was destroyed already")
    warn(f"This destroys the key of {scope}. Nobody can undo it.", *_LEFT[scope.partition(":")[0]])
    if ask(f"Type {scope} to destroy its key:") != scope:
        raise CannotDo("that was not the same; nothing was destroyed")
    count = actions.shred(scope=scope, reason=reason, by=OPERATOR)
    say(f"Destroyed: {some(count, 'version')} of the key of {scope}. The ledger says so.")
    say("What is open in a running process fades within a minute.")
    return GOOD


def _rotate_each(scopes: Iterable[str]) -> int:
    count = rows = 0
    for scope in list(scopes):
        rows += actions.renew_key(scope=scope, by=OPERATOR)
        count += 1
    say(f"New keys: {some(count, 'scope')}. Sealed anew: {some(rows, 'row')}.")
    return GOOD


def _rotate_installation(*, wanted: bool) -> int:
    if keyring.source() != str(keyring.key_file()):
        raise CannotDo(
            f"the installation key comes from {keyring.source() or 'nowhere'}: put it into"
            f" {keyring.key_file()} for the rotation, then take the new one from there"
        )
    words = ""
    if keyring.is_closed():
        words = ask_secret("Passphrase of the installation key")
        keyring.unlock(words)
    elif wanted:
        words = _new_passphrase()
    rows = actions.renew_installation_key(by=OPERATOR, passphrase=words)
    say(f"The installation key is new ({_fingerprint()}). Wrapped anew: {some(rows, 'data key')}.")
    warn("Copy it to its safe place again. Older backups still need the former one: keep both.")
    return GOOD


def _fingerprint() -> str:
    try:
        return keyring.fingerprint(keyring.installation_keys()[0])
    except keyring.Locked:
        return ""


def _new_passphrase() -> str:
    words = ask_secret("New passphrase for the installation key", twice=True)
    if len(words) < SHORTEST_PASSPHRASE:
        raise CannotDo(
            f"a passphrase needs at least {SHORTEST_PASSPHRASE} characters: take four or more words"
        )
    return words
