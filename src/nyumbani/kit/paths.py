"""Addresses that hold an id: `<ulid:case_id>` meets only what has the shape of one.

Importing this module makes the converter known to Django.
"""

from django.urls import register_converter

from nyumbani.kit import tokens


class UlidPath:
    """A ULID in an address; anything else is answered 404 without asking the database."""

    regex = tokens.ULID

    def to_python(self, value: str) -> str:
        """The id."""
        return value

    def to_url(self, value: str) -> str:
        """The id, as it is written everywhere."""
        return value


register_converter(UlidPath, "ulid")
