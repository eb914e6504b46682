"""Keeping ways of looking at the list."""

from django.db import transaction

from nyumbani.accounts.viewers import Actor
from nyumbani.audit.actions import record
from nyumbani.inbox.models.attention import SavedView
from nyumbani.inbox.queries.sieve import Sieve
from nyumbani.kit import clock, ids
from nyumbani.vault import terms

MOST = 12
"""More chips than that are no help; whoever keeps a thirteenth lets go of one first."""


class TooMany(Exception):
    """Somebody keeps as many views as anybody may."""


@transaction.atomic
def keep_view(
    *, name: str, sieve: Sieve, is_shared: bool, is_default: bool, by: Actor
) -> SavedView:  # fmt: skip
    """Keep a way of looking at the list under a name; raises TooMany."""
    view_id = ids.new()
    record(by=by, verb="view.kept", about=f"view:{view_id}")
    mine = SavedView.objects.filter(owner=by.staff_id)
    if mine.count() >= MOST:
        raise TooMany
    if is_default:
        mine.update(is_default=False)
    view = SavedView(
        id=view_id, seal_scope=terms.HOUSE, owner_id=by.staff_id, name=" ".join(name.split()),
        made_at=clock.now(), is_shared=is_shared, is_default=is_default, show=sieve.show,
        order=sieve.order, label=sieve.label, channel=sieve.channel, language=sieve.language,
        answers=sieve.answers,
    )  # fmt: skip
    view.save(force_insert=True)
    return view


@transaction.atomic
def open_first(*, view: SavedView, by: Actor) -> None:
    """Let the inbox of whoever keeps this view open with it."""
    record(by=by, verb="view.opens_first", about=f"view:{view.pk}")
    SavedView.objects.filter(owner=by.staff_id).update(is_default=False)
    SavedView.objects.filter(owner=by.staff_id, pk=view.pk).update(is_default=True)


@transaction.atomic
def drop_view(*, view: SavedView, by: Actor) -> None:
    """Keep a view no longer; for nobody, if it was shared."""
    record(by=by, verb="view.dropped", about=f"view:{view.pk}")
    SavedView.objects.filter(owner=by.staff_id, pk=view.pk).delete()
