"""What WhatsApp tells of our templates: approved, rejected, paused; sorted otherwise; disliked.

These changes name the business account and no number of ours, and their time stands in the entry.
"""

from collections.abc import Callable, Iterable, Iterator

from nyumbani.domain.templates import WARNINGS, status_for
from nyumbani.inbox.channels.events import InboundEvent, Kind
from nyumbani.inbox.channels.keys import digest_of, key
from nyumbani.inbox.channels.reading import read
from nyumbani.inbox.channels.times import Unit, moment
from nyumbani.inbox.channels.whatsapp.door import CHANNEL, Door
from nyumbani.inbox.channels.whatsapp.payloads import TemplateChange
from nyumbani.inbox.channels.wording import plain
from nyumbani.kit.phrases import gettext_noop


def status_changed(door: Door, value: dict[str, object]) -> Iterator[InboundEvent]:
    """One `message_template_status_update`."""
    change, notes = read(TemplateChange, value)
    told = change.event.upper()
    if status_for(told) is None and told not in WARNINGS:
        yield door.not_understood(value, f"template event {plain(change.event)} is not known")
        return
    yield from _told(door, value, change, "status", told, notes)


def quality_changed(door: Door, value: dict[str, object]) -> Iterator[InboundEvent]:
    """One `message_template_quality_update`."""
    change, notes = read(TemplateChange, value)
    yield from _told(door, value, change, "quality", change.new_quality_score.upper(), notes)


def category_changed(door: Door, value: dict[str, object]) -> Iterator[InboundEvent]:
    """One `template_category_update`; one that only announces a change changes nothing yet."""
    change, notes = read(TemplateChange, value)
    if not change.new_category:
        yield door.not_understood(value, gettext_noop("a category that is only announced"))
        return
    yield from _told(door, value, change, "category", change.new_category.upper(), notes)


def _told(
    door: Door,
    value: dict[str, object],
    change: TemplateChange,
    matter: str,
    said: str,
    notes: tuple[str, ...],
) -> Iterator[InboundEvent]:
    named = change.message_template_id or change.message_template_name
    if not named or not said:
        return
    at, time_notes = moment(door.time, usual=Unit.SECONDS)
    yield InboundEvent(
        channel=CHANNEL,
        account=door.account,
        kind=Kind.TEMPLATE,
        key=key("template", door.business, matter, str(door.time or ""), digest_of(value)),
        sent_at=at,
        status=said,
        text=_reason(change),
        data={
            "matter": matter,
            "business": door.business,
            "platform_id": change.message_template_id,
            "name": change.message_template_name,
            "language": change.message_template_language,
        },
        is_report=True,
        notes=(*notes, *(time_notes if door.time else ())),
    )


def _reason(change: TemplateChange) -> str:
    """Why, in the platform's own short word; it speaks of our words, never of a person."""
    return "" if change.reason.upper() in {"", "NONE"} else plain(change.reason)


FIELDS: dict[str, Callable[[Door, dict[str, object]], Iterable[InboundEvent]]] = {
    "message_template_status_update": status_changed,
    "message_template_quality_update": quality_changed,
    "template_category_update": category_changed,
}
