"""The tables of people, one noun a file; naming them here makes them known to Django."""

from nyumbani.people.models import (  # noqa: F401
    consents,
    findable,
    identifiers,
    names,
    overrides,
    pairs,
    persons,
    safe_contacts,
    tallies,
)
