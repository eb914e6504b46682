"""After how long something counts, or climbs: figures of the house, nobody's secret."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nyumbani.accounts.viewers import Viewer
from nyumbani.cases.terms import Urgency
from nyumbani.domain.watch.escalation import Rank
from nyumbani.watch.guard import figures as guard
from nyumbani.watch.terms import RANKS, What

Label = str | Promise


def figures(viewer: Viewer) -> Mapping[str, int]:  # noqa: ARG001 - all staff may know them
    """What holds now, in minutes."""
    return guard.figures()


def labels(viewer: Viewer) -> Mapping[str, Label]:  # noqa: ARG001
    """What each of them means."""
    heads = {What.SILENT: _("Silent"), What.UNANSWERED: _("Unanswered")}
    named: dict[str, Label] = {
        f"{what.value}.{urgency.value}": f"{head}: {urgency.label}"
        for what, head in heads.items()
        for urgency in Urgency
    }
    for rank in (Rank.DUTY, Rank.COORDINATOR, Rank.DIRECTOR):
        named[f"climb.{rank.name.lower()}"] = RANKS[rank]
    return named
