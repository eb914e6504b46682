"""Who may look after the queue. This floor lies below `accounts`, so roles come as their words."""

from collections.abc import Set as AbstractSet
from typing import Protocol

OVERSEERS = frozenset({"administrator", "coordinator", "director"})


class Onlooker(Protocol):
    """Whoever looks at the queue; `accounts.viewers.Viewer` is one."""

    @property
    def roles(self) -> AbstractSet[str]:
        """The roles held at this moment."""


def may_oversee(viewer: Onlooker) -> bool:
    """See what waits, what runs, what stopped; start again or lay aside what stopped."""
    return bool(OVERSEERS & {str(role) for role in viewer.roles})
