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
    then: str | None = None,
    cursor: str | None = None,
    size: int = SIZE,
    newest_first: bool = True,
    dress: Callable[[QuerySet[M]], QuerySet[M]] | None = None,
) -> Page[M]:
    """One page of `rows` ordered by the field `by`, then by `then` if given, then by primary key.

    `by` and `then` are columns of the rows' own table that are never null. `cursor` is the `older`
    of the page before, as it came back in the address; one that is damaged, or belongs to another
    list, gives the first page. With `newest_first=False` the walk goes from the smallest value up.
    `dress` adds to the rows of this page what would be too much to work out for all of them.
    """
    names = [by] if then is None else [by, then]
    key = _Key(rows.model, names, newest_first=newest_first)
    wanted = key.after(rows, cursor)[: size + 1]
    if dress is not None:
        here = rows.model._default_manager.filter(pk__in=wanted.values("pk"))  # noqa: SLF001 - as Django documents
        wanted = key.ordered(dress(here))
    found = list(wanted)
    items = found[:size]
    return Page(items, key.cursor(items[-1]) if len(found) > size else None)


class _Key:
    """The order of one list, and how a place in it is written down."""

    def __init__(self, model: type[Model], names: list[str], *, newest_first: bool) -> None:
        options = model._meta  # noqa: SLF001 - Django documents this part of it
        wanted: list[Field[Any, Any]] = [options.get_field(name) for name in names]  # type: ignore[misc]
        for field in wanted:
            if field.null or field.is_relation:
                name = field.name
                raise ValueError(f"{name} may be empty or points elsewhere: it cannot order a list")
        pk: Field[Any, Any] = options.pk
        self.fields = wanted if pk in wanted else [*wanted, pk]
        self.sign, self.beyond = ("-", "lt") if newest_first else ("", "gt")
        # The signature binds a cursor to this list's order: values of another list do not fit it.
        self.signer = Signer(
            salt=f"nyumbani.paging:{options.label}:{self.sign}{','.join(names)}",
        )

    def after(self, rows: QuerySet[M], cursor: str | None) -> QuerySet[M]:
        """The rows beyond the place the cursor names, in order."""
        place = self._place(cursor)
        if place is not None:
            rows = rows.filter(self._condition(place))
        return self.ordered(rows)

    def ordered(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows in the list's order."""
        return rows.order_by(*(f"{self.sign}{field.name}" for field in self.fields))

    def cursor(self, row: Model) -> str:
        """The place of this row, as opaque text."""
        return self.signer.sign_object([field.value_to_string(row) for field in self.fields])

    def _condition(self, place: list[object]) -> Q:
        """Beyond `place`: the first column is beyond it, or as far, and the rest is beyond."""
        told = list(zip(self.fields, place, strict=True))
        last, value = told[-1]
        beyond = Q(**{f"{last.name}__{self.beyond}": value})
        for field, value in reversed(told[:-1]):
            # The first half lets the database enter its index at the right place.
            beyond = Q(**{f"{field.name}__{self.beyond}e": value}) & (
                Q(**{f"{field.name}__{self.beyond}": value}) | beyond
            )
        return beyond

    def _place(self, cursor: str | None) -> list[object] | None:
        if not cursor or len(cursor) > _LONGEST_CURSOR:
            return None
        try:
            given = self.signer.unsign_object(cursor)
            return [field.to_python(value) for field, value in zip(self.fields, given, strict=True)]
        except (BadSignature, ValidationError, ValueError, TypeError):
            return None
