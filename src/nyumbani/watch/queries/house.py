"""What the machine itself says of the watch: numbers and moments, nothing personal."""

from django.db.models import QuerySet

from nyumbani.accounts.viewers import Viewer
from nyumbani.kit import clock
from nyumbani.watch.guard.open import Open, everything
from nyumbani.watch.models.silences import Silence
from nyumbani.watch.queries import duty, silences
from nyumbani.watch.queries.silences import Sleep

MACHINE = Viewer("", "")
"""Whoever works on the machine: with no role, so that no read for people shows anything."""


def silent(viewer: Viewer) -> QuerySet[Silence]:  # noqa: ARG001 - numbers and moments alone
    """Open alarms of the whole house, the longest silent first."""
    rows = Silence.objects.filter(settled_at=None).defer("settled_how")
    return rows.select_related("person").order_by("since", "id")


def climbing(viewer: Viewer) -> list[Open]:  # noqa: ARG001 - as above
    """All that climbs in the house."""
    return everything(clock.now())


def on_duty(viewer: Viewer) -> tuple[str, ...]:
    """Who is on duty, by name."""
    return duty.names_on_duty(viewer, duty.on_duty(viewer))


def sleep(viewer: Viewer) -> Sleep:
    """Whether the watch looks."""
    return silences.sleep(viewer)
