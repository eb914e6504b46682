"""The tables of cases, one noun a file; naming them here makes them known to Django."""

from nyumbani.cases.models import (  # noqa: F401
    case,
    events,
    facts,
    members,
    notes,
    tasks,
    team,
)
