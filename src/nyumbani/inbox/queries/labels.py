"""The house's labels, and on which conversations they stand."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from nyumbani.accounts.terms import Role
from nyumbani.accounts.viewers import Viewer
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import ConversationLabel, Label
from nyumbani.inbox.queries import threads

# A row as pages hold it: pages never import tables.
Word: TypeAlias = Label


def labels(viewer: Viewer) -> list[Label]:
    """Every label in use; they hold no personal data, and whoever reads cases knows them."""
    return list(Label.objects.filter(ended_at=None)) if viewer.may_read_cases else []


def label(viewer: Viewer, label_id: str) -> Label | None:
    """One label in use."""
    return next((one for one in labels(viewer) if one.pk == label_id), None)


def may_make_labels(viewer: Viewer) -> bool:
    """Whether the viewer decides which labels the house has."""
    return Role.COORDINATOR in viewer.roles and viewer.may_read_cases


def labels_of(
    viewer: Viewer, threads_shown: Iterable[Conversation], under: Mapping[str, str] | None = None
) -> dict[str, list[Label]]:
    """The labels of each of these conversations; one query.

    `under` says in which row conversations are shown that are joined: the row has their labels.
    """
    keys = {one.pk: one.pk for one in threads_shown} if under is None else under
    found: dict[str, list[Label]] = {}
    if not keys or not viewer.may_read_cases:
        return found
    rows = ConversationLabel.objects.filter(conversation__in=list(keys), label__ended_at=None)
    for row in rows.select_related("label").order_by("label__made_at", "label"):
        here = found.setdefault(keys[row.conversation_id], [])
        if row.label not in here:
            here.append(row.label)
    return found


def uses(viewer: Viewer) -> dict[str, int]:
    """On how many conversations that the viewer may read each label stands."""
    rows = ConversationLabel.objects.filter(conversation__in=threads(viewer).values("pk"))
    counts: dict[str, int] = {}
    for label_id in rows.values_list("label", flat=True):
        counts[label_id] = counts.get(label_id, 0) + 1
    return counts
