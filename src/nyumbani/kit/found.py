"""What one may not open does not exist: `found(queries.case(viewer, case_id))`."""

from typing import TypeVar

from django.http import Http404

T = TypeVar("T")


def found(thing: T | None) -> T:
    """The thing itself; answers 404 where there is none, or none for this viewer."""
    if thing is None:
        raise Http404
    return thing
