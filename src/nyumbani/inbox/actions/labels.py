"""Labels: the house's own words, made by coordinators, put on conversations by who works there."""

from django.db import transaction

from nyumbani.accounts.terms import folded
from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.inbox.models.conversations import Conversation
from nyumbani.inbox.models.labels import ConversationLabel, Label
from nyumbani.inbox.terms import LabelKind
from nyumbani.kit import clock, ids
from nyumbani.vault import index, terms


@transaction.atomic
def make_label(*, name: str, kind: LabelKind, by: Actor) -> Label | None:
    """Give the house a label; None where it has one of this name already."""
    label_id, name = ids.new(), " ".join(name.split())
    record(by=by, verb="label.made", about=f"label:{label_id}")
    digest = index.digest("label", folded(name))
    if Label.objects.filter(name_digest=digest, ended_at=None).exists():
        return None
    label = Label(
        id=label_id, seal_scope=terms.HOUSE, name=name, name_digest=digest, kind=kind,
        made_at=clock.now(), made_by_id=by.staff_id,
    )  # fmt: skip
    label.save(force_insert=True)
    return label


@transaction.atomic
def end_label(*, label: Label, by: Actor) -> None:
    """The house uses a label no more: it is shown nowhere from now on."""
    record(by=by, verb="label.ended", about=f"label:{label.pk}")
    standing = Label.objects.filter(pk=label.pk, ended_at=None)
    standing.update(ended_at=clock.now(), ended_by_id=by.staff_id)


@transaction.atomic
def put_on(*, label: Label, thread: Conversation, by: Actor) -> None:
    """Put a label on a conversation; one that is there already stays as it is."""
    record(by=by, verb="thread.labelled", about=f"person:{thread.person_id}", label=label.pk)
    ConversationLabel.objects.get_or_create(
        label=label, conversation=thread, defaults={"at": clock.now(), "by_id": by.staff_id}
    )


@transaction.atomic
def take_off(*, label: Label, thread: Conversation, by: Actor) -> None:
    """Take a label off a conversation; the ledger still tells that it was there."""
    record(by=by, verb="thread.unlabelled", about=f"person:{thread.person_id}", label=label.pk)
    ConversationLabel.objects.filter(label=label, conversation=thread).delete()
