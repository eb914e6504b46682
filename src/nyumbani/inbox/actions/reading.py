"""Reading the journal: every item of every body becomes a row, or an odd item that people see."""

import json
import sys
from collections.abc import Callable
from functools import partial

from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.utils.translation import gettext_noop

from nyumbani.audit.actions import record
from nyumbani.inbox.actions import identities, messages, reports, template_news
from nyumbani.inbox.actions.page import CannotPlace, Page
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.terms import Reading
from nyumbani.kit import clock
from nyumbani.kit.doer import Doer
from nyumbani.vault import index, intake, terms

NOT_UNDERSTOOD = gettext_noop("not understood")
NOT_WRITTEN = gettext_noop("could not be written")
Take = Callable[[InboundEvent, Page], None]
PART = 6  # items read in one transaction

_TAKE: dict[Kind, Take] = {
    Kind.MESSAGE: messages.take_message,
    Kind.ECHO: messages.take_echo,
    Kind.EDIT: messages.take_change,
    Kind.DELETION: messages.take_change,
    Kind.REACTION: messages.take_change,
    Kind.SYSTEM: messages.take_notice,
    Kind.STATUS: reports.take_status,
    Kind.TEMPLATE: template_news.take_template,
    Kind.WATERMARK: reports.take_watermark,
    Kind.IDENTITY: identities.take_identity,
}


@transaction.atomic
def read_part(*, entry_id: str, start: int = 0, most: int = PART, by: Doer) -> int | None:
    """Read some items of a journalled body from item `start` on; returns where to go on, or None.

    A body of fifty is read in parts, so that a webhook never waits long to be written down.
    Reading again changes nothing. The ledger line comes first: it takes the ledger's turn, so two
    workers never introduce the same person twice.
    """
    entry = JournalEntry.objects.get(id=entry_id)
    record(
        by=by, verb="journal.read", about=f"journal:{entry.id}", sha256=entry.sha256, start=start
    )
    events = registry.channel(entry.channel).parse(intake.unseal(entry.key, bytes(entry.body)))
    page = Page(entry=entry, by=by)
    for number, event in enumerate(events[start : start + most], start):
        page.number = number
        _take(page.own(event), page)
    page.close()
    if start + most < len(events):
        return start + most
    odd = OddItem.objects.filter(journal=entry, settled_at=None).exists()
    entry.reading = Reading.ODD if odd else Reading.READ
    entry.events = len(events)
    entry.save(update_fields=["reading", "events"])
    return None


@transaction.atomic
def read_entry(*, entry_id: str, by: Doer) -> int:
    """Read one journalled body whole; returns its number of items. Again changes nothing."""
    read_part(entry_id=entry_id, most=sys.maxsize, by=by)
    return JournalEntry.objects.values_list("events", flat=True).get(id=entry_id)


def _take(event: InboundEvent, page: Page) -> None:
    """Write one item down; what cannot be written becomes an odd item and its neighbours go on."""
    take = _TAKE.get(event.kind)
    if take is None:
        why = "; ".join(event.notes) or NOT_UNDERSTOOD
    else:
        why = _refusal(partial(take, event, page), page)
    if why:
        _keep_odd(event, page, why)
    elif page.is_again or page.number in page.filled:
        _settle(event)


def _refusal(write: Callable[[], object], page: Page) -> str:
    """Why an item could not be written down; empty when it was."""
    known = set(page.conversations)
    try:
        with transaction.atomic():
            write()
    except (DataError, IntegrityError) as error:
        why = f"{NOT_WRITTEN}: {type(error).__name__}"
    except DatabaseError:
        raise  # locked or gone: the whole part is read again later
    except CannotPlace as error:
        why = str(error)
    except Exception as error:  # noqa: BLE001 - one bad item must not hold up the others
        # Only the kind of error: its text may hold her words.
        why = f"{messages.UNREAD}: {type(error).__name__}"
    else:
        return ""
    page.forget(but=known)  # a thread that was begun for this item went with it
    return why


def _keep_odd(event: InboundEvent, page: Page, why: str) -> None:
    """Keep an item whole; if it says whose it is, it is that person's and nobody else's."""
    item = {
        "kind": event.kind, "message_id": event.message_id, "text": event.text,
        "identifiers": [[one.kind, one.value] for one in event.identifiers],
        "notes": list(event.notes), "data": json.loads(json.dumps(event.data, default=str)),
    }  # fmt: skip
    if messages.is_by_her(event):
        # Where even this line cannot be written, the odd item alone stands for it.
        _refusal(partial(messages.take_unread, event, page, item, why), page)
    digest = _odd_digest(event, event.kind)
    if OddItem.objects.filter(key_digest=digest).exists():
        return
    person = identities.person_of(event, page)
    row = OddItem(
        seal_scope=person.seal_scope if person else terms.HOUSE, person=person,
        journal=page.entry, channel=event.channel, key_digest=digest, why=why[:200], item=item,
        received_at=page.entry.received_at,
    )  # fmt: skip
    row.save(force_insert=True)


def _settle(event: InboundEvent) -> None:
    """An item that could not be read or placed before, and now is, is odd no longer."""
    digests = {_odd_digest(event, kind) for kind in (event.kind, Kind.NOT_UNDERSTOOD)}
    OddItem.objects.filter(key_digest__in=digests, settled_at=None).update(settled_at=clock.now())


def _odd_digest(event: InboundEvent, kind: Kind) -> str:
    return index.digest(f"odd|{event.channel}|{event.account}|{kind}", event.key)
