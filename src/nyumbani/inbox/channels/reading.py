"""Typed reading that forgives: a broken part is noted and left out, the rest is read."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from nyumbani.inbox.channels.body import REPEATED
from nyumbani.kit.phrases import gettext_noop

Item = TypeVar("Item", bound="Payload")


def _words(value: object) -> object:
    if value is None:
        return ""
    # Ids and times come as text from one platform and as numbers from another.
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _false_if_missing(value: object) -> object:
    return False if value is None else value


def _empty_if_missing(value: object) -> object:
    return [] if value is None else value


Words = Annotated[str, BeforeValidator(_words)]
Flag = Annotated[bool, BeforeValidator(_false_if_missing)]
Size = Annotated[int | None, Field(ge=0)]  # bytes
Number = Annotated[float, Field(allow_inf_nan=False)]
Many = BeforeValidator(_empty_if_missing)  # a list for which null means: none
Whatever = dict[str, Any]  # kept as it comes


class Payload(BaseModel):
    """What a platform sends: everything may be missing, more may come than we know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def read(model: type[Item], raw: dict[str, object]) -> tuple[Item, tuple[str, ...]]:
    """The item as far as it is understood, and a note for each part that is not. Never raises."""
    twice = (gettext_noop("a name stands twice in it"),) if _has_repeats(raw) else ()
    try:
        return model.model_validate(raw), twice
    except ValidationError as error:
        broken = sorted({str(problem["loc"][0]) for problem in error.errors()})
    kept = {name: value for name, value in raw.items() if name not in broken}
    return model.model_validate(kept), (*twice, *(f"{name} not understood" for name in broken))


def _has_repeats(value: object) -> bool:
    if isinstance(value, dict):
        return any(name.endswith(REPEATED) or _has_repeats(v) for name, v in value.items())
    return isinstance(value, list) and any(_has_repeats(item) for item in value)
