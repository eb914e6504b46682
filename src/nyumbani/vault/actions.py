"""Making, changing and destroying keys."""

import pyrage
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Max, Model, QuerySet
from ulid import ULID

from nyumbani.audit.actions import record
from nyumbani.kit import clock, ids
from nyumbani.kit.doer import Doer
from nyumbani.vault import datakeys, envelope, intake, keyring, registry, terms
from nyumbani.vault.fields import SealedModel, sealed_fields
from nyumbani.vault.models import DataKey

_BATCH = 500  # rows in memory at a time


@transaction.atomic
def make_key(*, scope: str, by: Doer) -> None:
    """Give a scope its key, so that things about it can be written down; once is enough.

    Two who begin at the same moment agree: the table holds one current key a scope.
    """
    if DataKey.objects.filter(scope=scope, retired_at=None).exists():
        return
    key_id = ids.new()
    try:
        with transaction.atomic():
            # The ledger's turn comes before the installation key is read: whoever replaces that
            # key takes the turn too, and so sees every key that was wrapped by the former one.
            record(by=by, verb="key.made", about=f"key:{key_id}", scope=scope)
            _store(key_id, scope, 1)
    except IntegrityError:
        return  # somebody had the turn before us and made it: our line is undone as well


@transaction.atomic
def make_house_keys(*, by: Doer) -> None:
    """Give the house what it needs before the first message: its own key, index and door."""
    for scope in (terms.HOUSE, terms.INDEX, terms.INTAKE):
        make_key(scope=scope, by=by)


@transaction.atomic
def renew_key(*, scope: str, by: Doer) -> int:
    """Give a scope a new key and seal everything in it anew; returns how many rows were sealed.

    Former versions stay able to open (files and journal bodies keep theirs) until the scope is
    shredded. The index's key stays: renewing it would lose every number.
    """
    if scope == terms.INDEX:
        raise ValueError(
            "the index key is not renewed: every number would have to be indexed again"
        )
    key_id = ids.new()
    record(by=by, verb="key.renewed", about=f"key:{key_id}", scope=scope)
    now = clock.real_now()
    version = DataKey.objects.filter(scope=scope).aggregate(last=Max("version"))["last"] or 0
    DataKey.objects.filter(scope=scope, retired_at=None).update(retired_at=now)
    datakeys.forget()
    intake.forget()
    _store(key_id, scope, version + 1)
    return sum(_seal_again(model, scope) for model in sealed_models())


@transaction.atomic
def renew_installation_key(*, by: Doer, passphrase: str = "") -> int:
    """Replace the key that wraps all others; returns how many data keys were wrapped anew.

    The key file holds the new key and all former ones until the transaction is through, so a
    crash in between loses nothing.
    """
    record(by=by, verb="key.installation_renewed", about="key:installation")
    fresh = envelope.new_key()
    _keep([fresh, *keyring.installation_keys()], passphrase)
    rows = 0
    for row in DataKey.objects.select_for_update().filter(shredded_at=None).iterator():
        key = datakeys.opened(row).key
        _wrap(row, key, fresh)
        row.save(update_fields=["wrapped", "installation"])
        rows += 1
    transaction.on_commit(lambda: _keep([fresh], passphrase))
    return rows


@transaction.atomic
def shred(*, scope: str, reason: terms.ShredReason, by: Doer) -> int:
    """Destroy every version of a scope's key: nothing sealed under it opens again, here or in a
    stolen copy of the database made from now on. Returns how many keys were destroyed.

    Only a person's or a case's: without one of its own keys the house could not go on.
    """
    if not terms.is_of_one(scope):
        raise ValueError("only a person's or a case's key is destroyed")
    about = f"scope:{scope.replace(':', '.')}"
    record(by=by, verb="key.shredded", about=about, reason=reason.value)
    now = clock.real_now()
    count = DataKey.objects.filter(scope=scope, shredded_at=None).update(
        wrapped=b"", wrapped_identity=b"", shredded_at=now
    )
    for forget in registry.forgetting():
        forget(scope=scope, by=by)
    transaction.on_commit(datakeys.forget)
    return count


def sealed_models() -> list[type[SealedModel]]:
    """Every table with sealed columns."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel)]


def _keep(keys: list[bytes], passphrase: str) -> None:
    keyring.write(keys, passphrase)
    if passphrase:
        # What runs reads the opened copy: it must hold the same keys as the closed file.
        keyring.unlock(passphrase)


def _store(key_id: str, scope: str, version: int) -> None:
    key = envelope.new_key()
    identity = pyrage.x25519.Identity.generate()
    row = DataKey(id=key_id, scope=scope, version=version, made_at=clock.real_now())
    row.recipient = intake.public_half(key) if scope == terms.INTAKE else str(identity.to_public())
    row.wrapped_identity = envelope.seal(
        key, ULID.from_str(row.id).bytes, str(identity).encode(), f"identity|{scope}|{version}"
    )
    _wrap(row, key, keyring.installation_keys()[0])
    row.save(force_insert=True)


def _wrap(row: DataKey, key: bytes, installation: bytes) -> None:
    place = datakeys.wrap_place(row.scope, row.version)
    row.wrapped = envelope.seal(
        datakeys.wrapping(installation), ULID.from_str(row.id).bytes, key, place
    )
    row.installation = keyring.fingerprint(installation)


def _seal_again(model: type[SealedModel], scope: str) -> int:
    """Seal the rows anew, and nothing but what is sealed in them: the rest is others' to change."""
    names = sealed_fields(model)
    chosen = _rows(model).select_for_update().filter(seal_scope=scope).order_by("pk")
    rows, last = 0, ""
    while batch := list(chosen.filter(pk__gt=last)[:_BATCH]):
        for row in batch:
            row.save(update_fields=names)
        rows, last = rows + len(batch), batch[-1].pk
    return rows


def _rows(model: type[Model]) -> QuerySet[Model]:
    return model._default_manager.all()  # noqa: SLF001 - Django documents it
