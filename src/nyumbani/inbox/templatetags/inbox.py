"""How messages, their fate and their delays are put into words: `{% load inbox %}`."""

import datetime as dt
from collections.abc import Iterable

from babel import dates
from django import template
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext, gettext_lazy

from nyumbani.domain.delivery import State
from nyumbani.inbox.channels import registry
from nyumbani.inbox.channels.events import Content
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.queries.fates import Fate
from nyumbani.inbox.terms import AttemptState
from nyumbani.ui import words
from nyumbani.ui.templatetags.ui import masked, tag, when

register = template.Library()

_SHAPES = {
    State.QUEUED: ("", "◷"),
    State.SENDING: ("", "◷"),
    State.SENT: ("", "✓"),
    State.DELIVERED: ("", "✓✓"),
    State.READ: ("ok", "✓✓"),
    State.PLAYED: ("ok", "✓✓"),
    State.FAILED: ("danger", "▲"),
    State.UNKNOWN: ("warn", "◆"),
}

_HELD = {
    Content.IMAGE: gettext_lazy("Picture"),
    Content.VOICE: gettext_lazy("Voice note"),
    Content.AUDIO: gettext_lazy("Sound file"),
    Content.VIDEO: gettext_lazy("Video"),
    Content.DOCUMENT: gettext_lazy("Document"),
    Content.STICKER: gettext_lazy("Sticker"),
    Content.LOCATION: gettext_lazy("Location"),
    Content.CONTACTS: gettext_lazy("Contact"),
    Content.CHOICE: gettext_lazy("Button pressed"),
    Content.ORDER: gettext_lazy("Order"),
    Content.WELCOME: gettext_lazy("Opened the chat"),
    Content.UNKNOWN: gettext_lazy("Not understood"),
    Content.NONE: gettext_lazy("Nothing to show"),
    Content.TEXT: gettext_lazy("Text"),
}

_KINDS = {
    "wa_id": gettext_lazy("WhatsApp number"),
    "msisdn": gettext_lazy("Telephone number"),
    "bsuid": gettext_lazy("WhatsApp account"),
    "parent_bsuid": gettext_lazy("WhatsApp account"),
    "username": gettext_lazy("User name"),
    "psid": gettext_lazy("Messenger account"),
    "user_ref": gettext_lazy("Messenger account"),
    "tg_id": gettext_lazy("Telegram account"),
    "sender": gettext_lazy("Name or short number"),
    "email": gettext_lazy("E-mail address"),
    "document": gettext_lazy("Paper"),
    "form": gettext_lazy("Web form"),
}

_WHY_NOT = {
    "unreachable": gettext_lazy(
        "We have no number or account of hers on a channel of ours. When she writes, or somebody "
        "gives you her number, you can answer."
    ),
    "stopped": gettext_lazy(
        "The platform refuses our access to this channel, so nothing can leave. Tell whoever looks "
        "after the system; you can answer as soon as it is mended."
    ),
    "window_closed": gettext_lazy(
        "The platform lets us write freely only within a day of her last message, and that day is "
        "over. You can answer as soon as she writes again, or send a template it has approved."
    ),
    "empty": gettext_lazy("Write something first."),
    "too_long": gettext_lazy("This is %(told)s characters too long for the channel. Shorten it."),
    "not_yours": gettext_lazy(
        "You may read this conversation, but your role does not write to people."
    ),
    "alarmed": gettext_lazy(
        "Her duress word came. Nothing is sent to her until somebody has settled it."
    ),
    "out_of_her_hands": gettext_lazy(
        "She is lost, detained or has died: others may hold her telephone. Write to her by hand,"
        " if at all."
    ),
    "not_her_channel": gettext_lazy("It was agreed with her to write through another channel."),
    "never_begun_by_us": gettext_lazy(
        "It was agreed with her that we only answer. You can write as soon as she has written."
    ),
    "no_safe_time": gettext_lazy("Her rule names no safe time. Agree on one with her."),
    "safe_time_too_late": gettext_lazy(
        "Her next safe time comes after the platform's window has closed, so it could not leave "
        "then. You can answer when she writes again."
    ),
    "stays_in_gallery": gettext_lazy(
        "Somebody else also looks at her telephone, and a file would stay on it. Say it in words, "
        "or who leads her case says why it must leave."
    ),
    "file_not_carried": gettext_lazy(
        "This channel carries no files. Say it in words, or agree on another channel with her."
    ),
    "file_not_taken": gettext_lazy("This channel takes no files of this kind."),
    "file_wrong_type": gettext_lazy("This channel takes no files of this kind."),
    "file_too_large": gettext_lazy(
        "This channel takes such files up to %(told)s MB. Send a smaller one."
    ),
    "no_caption": gettext_lazy(
        "This channel takes no words beside such a file. Send them as a message of their own."
    ),
    "caption_too_long": gettext_lazy(
        "The words are %(told)s characters too long beside a file. Shorten them."
    ),
    "not_yours_to_override": gettext_lazy(
        "Only who leads her case, a coordinator or a director may send against what was agreed."
    ),
    "answered_meanwhile": gettext_lazy(
        "A colleague has answered her since you opened this page. Read it first."
    ),
    "taken_up": gettext_lazy("A colleague has taken her up meanwhile."),
    "protects_her": gettext_lazy(
        "In the part you may not read something was agreed with her, or her duress word came. It "
        "protects her here too, so only who may read both parts may show them apart."
    ),
    "one_already": gettext_lazy("These two are shown as one already."),
    "inside_another": gettext_lazy(
        "That one is shown with another conversation. Join that other one, or undo it first."
    ),
    "both_have_others": gettext_lazy(
        "Both are shown with other conversations already. Undo those of one first."
    ),
    "template_not_approved": gettext_lazy("The platform does not approve this template now."),
    "template_retired": gettext_lazy("This template is not used any more."),
    "template_changed": gettext_lazy(
        "This template was worded otherwise since. Write to her in the new words."
    ),
    "template_elsewhere": gettext_lazy("This template belongs to another number of ours."),
    "values_missing": gettext_lazy("Fill every blank."),
    "value_in_rows": gettext_lazy("The platform takes no line breaks and no gaps in a blank."),
    "one_way": gettext_lazy("Nothing can be sent through this channel."),
    "tested_enough": gettext_lazy("This channel was tested five times within a day. Wait."),
    "on_its_way": gettext_lazy(
        "Another attempt is on its way already. Wait for what becomes of it."
    ),
}


@register.simple_tag
def content(kind: str) -> str:
    """`{% content message.content %}`: what a message holds, in a word."""
    return str(_HELD.get(Content(kind), kind))


@register.simple_tag
def state(attempt: Attempt | Fate) -> SafeString:
    """`{% state attempt %}`: what became of an attempt, with its time; never more than is known."""
    kind, shape = _SHAPES[State(attempt.state)]
    at = attempt.at if isinstance(attempt, Fate) else _last_heard_of(attempt)
    shown = tag(kind, shape, attempt.get_state_display())
    if attempt.state in {State.READ, State.PLAYED, State.DELIVERED, State.SENT} and at:
        return format_html("{} {}", shown, when(at, age=False))
    return shown


def _last_heard_of(attempt: Attempt) -> dt.datetime | None:
    return attempt.played_at or attempt.read_at or attempt.delivered_at or attempt.sent_at


@register.simple_tag
def short_state(value: str) -> SafeString:
    """`{% short_state row.state %}`: the same in a list, as a shape with words for the ear."""
    _, shape = _SHAPES[State(value)]
    said = str(AttemptState(value).label)
    return format_html(
        '<span title="{}"><span aria-hidden="true">{}</span><span class="quiet">{}</span></span>',
        said,
        shape,
        said,
    )


@register.simple_tag
def late(gap: dt.timedelta | None) -> str:
    """`{% late line.late %}`: "received 3 days later"; nothing where it came at once."""
    if gap is None:
        return ""
    span = dates.format_timedelta(gap, threshold=2, locale=words.locale())
    return gettext("received %(span)s later") % {"span": span}


@register.simple_tag
def waits(since: dt.datetime) -> str:
    """`{% waits thread.waiting_since %}`: "waits 12 minutes"."""
    span = dates.format_timedelta(words.now() - since, threshold=2, locale=words.locale())
    return gettext("waits %(span)s") % {"span": span}


@register.filter
def reach_kind(kind: str) -> str:
    """`{{ row.kind|reach_kind }}`: what kind of number or account this is."""
    return str(_KINDS.get(kind, kind))


@register.simple_tag
def reach_masked(kind: str, value: str) -> SafeString:
    """`{% reach_masked row.kind row.value %}`: its ends alone; an account has no country."""
    if kind in {"wa_id", "msisdn"}:
        return masked(value)
    return masked(f"id-{value}")


@register.filter
def weekday(at: dt.datetime | dt.date) -> str:
    """`{{ day|weekday }}`: "Monday 14 July", with the year unless it is this one."""
    zone = get_current_timezone()
    day = at.astimezone(zone).date() if isinstance(at, dt.datetime) else at
    this_year = day.year == words.now().astimezone(zone).year
    return dates.format_date(day, "EEEE d MMMM" if this_year else "full", locale=words.locale())


@register.filter
def channel_label(kind: str) -> str:
    """`{{ account.channel|channel_label }}`: the platform's own name, or our word for it."""
    return gettext(registry.channel(kind).label)


@register.filter
def why_not(answer: object) -> str:
    """`{{ answer|why_not }}`: a refusal in words, and what to do about it."""
    why, told = getattr(answer, "why", ""), getattr(answer, "told", ())
    said = str(_WHY_NOT.get(why, why))
    return said % {"told": told[0]} if told else said


@register.filter
def weekdays(days: Iterable[int]) -> str:
    """`{{ time.days|weekdays }}`: their short names, or that it is every day."""
    found = sorted(days)
    if len(found) == len(WEEKDAYS_ABBR):
        return gettext("every day")
    return ", ".join(str(WEEKDAYS_ABBR[day]) for day in found)
