"""What other rooms keep beside sealed values and must forget together with their key."""

from typing import Protocol

from nyumbani.kit.doer import Doer


class Forget(Protocol):
    """Takes away what is left of a scope in the clear or in an index, inside the shredding."""

    def __call__(self, *, scope: str, by: Doer) -> None:
        """Of this scope, whose key is being destroyed."""


_forgetting: dict[str, Forget] = {}


def forgets(name: str, forget: Forget) -> None:
    """Have this done when a key is destroyed; from `AppConfig.ready()`. A name counts once."""
    _forgetting[name] = forget


def forgetting() -> list[Forget]:
    """What is done, by name."""
    return [forget for _name, forget in sorted(_forgetting.items())]
