"""The tables of the watch, one noun a file; naming them here makes them known to Django."""

from nyumbani.watch.models import duty, figures, limits, silences  # noqa: F401
