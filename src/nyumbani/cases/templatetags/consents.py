"""The words of consent on a page."""

from typing import Any

from django import template

from nyumbani.domain.consent.recipients import Recipient
from nyumbani.people.terms import CAUSES, FIELDS, KINDS, LEVELS, PURPOSES, WAYS, Language

register = template.Library()
_PURPOSES: dict[str, Any] = dict(PURPOSES)
_FIELDS: dict[str, Any] = dict(FIELDS)
_KINDS: dict[str, Any] = dict(KINDS)
_REST: dict[str, Any] = {**dict(WAYS), **dict(LEVELS), **dict(CAUSES)}


@register.filter
def purpose(code: str) -> Any:  # noqa: ANN401
    """What for."""
    return _PURPOSES.get(code, code)


@register.filter
def recipient_kind(whom: Recipient) -> Any:  # noqa: ANN401
    """What sort of recipient."""
    return _KINDS.get(whom.kind.value, "")


@register.filter
def consent_fields(codes: list[str]) -> list[Any]:
    """What of hers, each in words."""
    return [_FIELDS.get(code, code) for code in codes]


@register.filter
def consent_word(code: str) -> Any:  # noqa: ANN401
    """How it was said, what she wishes, what forces us."""
    return _REST.get(code, code)


@register.filter
def read_in(code: str) -> str:
    """The language it was read in, under its own name."""
    return str(Language(code).label) if code in Language.values else code
