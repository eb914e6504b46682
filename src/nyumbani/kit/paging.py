"""Paging by key: a list is walked from the last row seen, never by counting rows.

A page costs one query, the hundredth as little as the first, and rows that arrive meanwhile
neither repeat nor hide others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Field, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")
U = TypeVar("U")

SIZE = 50
_LONGEST_CURSOR = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor under which the next ones are found (None: these are the last)."""

    items: list[T]
    older: str | None

    def of(self, shape: Callable[[T], U]) -> "Page[U]":
        """The same page with each item in another shape."""
        return Page([shape(item) for item in self.items], self.older)


def page(
    rows: QuerySet[M],
    *,
    by: str,
    cursor: str | None = None,
    size: int = SIZE,
    newest_first: bool = True,
) -> Page[M]:
    """One page of `rows` ordered by the field `by` and then by primary key.

    `by` is a column of the rows' own table that is never null. `cursor` is the `older` of the
    page before, as it came back in the address; one that is damaged, or belongs to another list,
    gives the first page. With `newest_first=False` the walk goes from the smallest value up.
    """
    key = _Key(rows.model, by, newest_first=newest_first)
    found = list(key.after(rows, cursor)[: size + 1])
    items = found[:size]
    return Page(items, key.cursor(items[-1]) if len(found) > size else None)


class _Key:
    """The order of one list, and how a place in it is written down."""

    def __init__(self, model: type[Model], by: str, *, newest_first: bool) -> None:
        options = model._meta  # noqa: SLF001 - Django documents this part of it
        self.field: Field[Any, Any] = options.get_field(by)  # type: ignore[assignment]
        self.pk: Field[Any, Any] = options.pk
        if self.field.null or self.field.is_relation:
            raise ValueError(f"{by} may be empty or points elsewhere: it cannot order a list")
        self.sign, self.beyond = ("-", "lt") if newest_first else ("", "gt")
        # The signature binds a cursor to this list's order: values of another list do not fit it.
        self.signer = Signer(salt=f"nyumbani.paging:{options.label}:{self.sign}{by}")

    def after(self, rows: QuerySet[M], cursor: str | None) -> QuerySet[M]:
        """The rows beyond the place the cursor names, in order."""
        place = self._place(cursor)
        if place is not None:
            rows = rows.filter(self._condition(*place))
        return rows.order_by(f"{self.sign}{self.field.name}", f"{self.sign}pk")

    def cursor(self, row: Model) -> str:
        """The place of this row, as opaque text."""
        return self.signer.sign_object(
            [self.field.value_to_string(row), self.pk.value_to_string(row)]
        )

    def _condition(self, value: object, pk: object) -> Q:
        if self.field == self.pk:
            return Q(**{f"pk__{self.beyond}": pk})
        name = self.field.name
        # The first half lets the database enter its index at the right place.
        return Q(**{f"{name}__{self.beyond}e": value}) & (
            Q(**{f"{name}__{self.beyond}": value}) | Q(**{f"pk__{self.beyond}": pk})
        )

    def _place(self, cursor: str | None) -> tuple[object, object] | None:
        if not cursor or len(cursor) > _LONGEST_CURSOR:
            return None
        try:
            value, pk = self.signer.unsign_object(cursor)
            return self.field.to_python(value), self.pk.to_python(pk)
        except (BadSignature, ValidationError, ValueError, TypeError):
            return None
