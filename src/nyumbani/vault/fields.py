"""Sealed columns: plain to whoever holds the row in an open house, sealed in the database.

A sealed value cannot be searched, ordered or updated in bulk by the database; rooms that must find
something exactly keep a blind index (nyumbani.vault.index) beside it.
"""

import json
from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from nyumbani.kit import ids
from nyumbani.vault import datakeys, envelope, terms


class Sealed(bytes):
    """Bytes as they stand in the database, not opened yet."""


class SealedModel(models.Model):
    """A row with sealed columns: its id is made before it is stored, its scope names its key."""

    id = models.CharField(primary_key=True, max_length=ids.LENGTH, default=ids.new, editable=False)
    seal_scope = models.CharField(max_length=64, default=terms.HOUSE, editable=False)

    class Meta:
        abstract = True


class _SealedAttribute(DeferredAttribute):
    """Opens a value when it is first looked at."""

    def __get__(self, instance: Any, owner: Any = None) -> Any:  # noqa: ANN401
        value = super().__get__(instance, owner)
        if isinstance(value, Sealed):
            value = cast("_SealedField", self.field).opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:  # noqa: ANN401
        instance.__dict__[self.field.attname] = value


class _SealedField(models.BinaryField):  # type: ignore[type-arg]
    descriptor_class = _SealedAttribute

    def _check_str_default_value(self) -> list[Any]:
        return []  # a default is plain: it is sealed like every other value

    def opened(self, row: SealedModel, value: Sealed) -> Any:  # noqa: ANN401
        """What a stored value says; raises envelope.CannotOpen when moved or changed."""
        key = datakeys.by_id(envelope.key_id_of(value))
        return self.from_plain(envelope.unseal(key.key, value, key.place(self.label, row.id)))

    @property
    def label(self) -> str:
        """`room.model.field`, part of the associated data: renaming a model re-seals its rows."""
        return f"{self.model._meta.label_lower}.{self.name}"  # noqa: SLF001

    def from_plain(self, plain: bytes) -> Any:  # noqa: ANN401
        """The Python value of opened bytes."""
        raise NotImplementedError

    def to_plain(self, value: Any) -> bytes:  # noqa: ANN401
        """The bytes to seal of a Python value."""
        raise NotImplementedError

    def from_db_value(self, value: Any, *_: object) -> Sealed | None:  # noqa: ANN401
        """Leave it sealed until somebody looks."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: Any, add: bool) -> Sealed | None:  # noqa: ANN401, ARG002, FBT001
        """Seal the value for the row it stands in, under its scope's current key."""
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        key = _key_for(model_instance)
        place = key.place(self.label, model_instance.id)
        return Sealed(envelope.seal(key.key, key.id, self.to_plain(value), place))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002
        """Refuse anything plain: what is not sealed never reaches the database."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.label} is sealed: save the row, do not update or filter by it")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj: Any) -> str:  # noqa: ANN401, ARG002
        """Never serialised in plain."""
        raise TypeError(f"{self.label} is sealed and is not dumped")


class SealedTextField(_SealedField):
    """Text, sealed."""

    def from_plain(self, plain: bytes) -> str:
        """The text."""
        return plain.decode()

    def to_plain(self, value: str) -> bytes:
        """The text in UTF-8; a lone surrogate from a broken phone becomes a question mark."""
        return value.encode(errors="replace")


class SealedJSONField(_SealedField):
    """A JSON value, sealed."""

    def from_plain(self, plain: bytes) -> Any:  # noqa: ANN401
        """The value."""
        return json.loads(plain)

    def to_plain(self, value: Any) -> bytes:  # noqa: ANN401
        """The value as JSON."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


def sealed_fields(model: type[SealedModel]) -> list[str]:
    """The names of a table's sealed columns."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django documents it
    return [field.name for field in fields if isinstance(field, _SealedField)]


def share_keys(rows: Iterable[SealedModel]) -> None:
    """Look each scope's current key up once for all of these rows, stored in one transaction.

    A young key is never taken from memory, so each row would ask the table and unwrap it anew.
    """
    keys: dict[str, datakeys.OpenKey] = {}
    for row in rows:
        if row.seal_scope not in keys:
            keys[row.seal_scope] = datakeys.current(row.seal_scope)
        row.__dict__["_seal_key"] = keys[row.seal_scope]


def _key_for(row: SealedModel) -> datakeys.OpenKey:
    kept = row.__dict__.get("_seal_key")
    if kept is None or kept.scope != row.seal_scope:
        kept = datakeys.current(row.seal_scope)
        row.__dict__["_seal_key"] = kept
    return kept
