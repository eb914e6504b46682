"""The components: `{% load ui %}`. The gallery of tests/ui shows each of them at work."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from nyumbani.ui import words
from nyumbani.ui.icons import ICONS
from nyumbani.ui.plots import GROUND, HEIGHT, LEFT, RIGHT, WIDTH, Point, steps

register = template.Library()

KINDS = {"", "ok", "warn", "danger", "brand"}
_LEFT_TO_RIGHT = {"email", "url", "tel", "number", "password", "date", "time", "datetime-local"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "inbox" %}`: a stroke icon; it says nothing, so words must stand beside it."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def tag(kind: str, shape: str, label: object) -> SafeString:
    """`{% tag "danger" "▲" label %}`: colour, shape and word together, never colour alone."""
    if kind not in KINDS:
        raise ValueError(f"no kind of tag named {kind!r}")
    mark = format_html('<span aria-hidden="true">{}</span>', shape) if shape else ""
    return format_html(
        '<span class="tag {}">{}<span dir="auto">{}</span></span>', kind, mark, label
    )


@register.simple_tag
def when(moment: dt.datetime | None, *, age: bool = True) -> SafeString:
    """`{% when moment %}`: the time in the reader's zone and how long ago; `age=False` without."""
    if moment is None:
        return format_html('<span class="soft">{}</span>', gettext("not known"))
    said = words.moment(moment)
    clock = format_html(
        '<bdi class="num"><time datetime="{}" title="{}">{}</time></bdi>',
        said.iso,
        said.full,
        said.short,
    )
    return format_html("{} <small>· {}</small>", clock, words.age(moment)) if age else clock


@register.simple_tag
def clock_in(zone: dt.tzinfo) -> SafeString:
    """`{% clock_in zone %}`: what the clocks there show now."""
    there = words.now().astimezone(zone)
    return format_html('<bdi class="num">{}</bdi>', f"{there:%H:%M}")


@register.simple_tag
def until(
    moment: dt.datetime, locks: str = "", say: str | None = None, over: str | None = None
) -> SafeString:
    """`{% until closes_at locks="#composer" %}`: time left, counted down in the browser.

    At nothing left it says `over` and disables the fieldset `locks` points at. `say` has the
    places {h} and {m}; both sentences default to those of a messaging window.
    """
    say = say or gettext("window closes in {h} h {m} min")
    over = over or gettext("the window is closed")
    minutes = int((moment - words.now()).total_seconds() // 60)
    left = say.replace("{h}", str(minutes // 60)).replace("{m}", str(minutes % 60))
    iso = moment.astimezone(dt.UTC).isoformat(timespec="seconds")
    return format_html(
        '<time class="num" datetime="{0}" data-until="{0}" data-say="{1}" data-over="{2}"'
        ' data-locks="{3}">{4}</time>',
        iso,
        say,
        over,
        locks,
        left if minutes >= 0 else over,
    )


@register.simple_tag
def initials(name: str) -> SafeString:
    """`{% initials name %}`: a round stand-in for a face; without a name, an outline."""
    letters = words.initials(name) or icon("person")
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', letters)


@register.simple_tag
def masked(number: str) -> SafeString:
    """`{% masked number %}`: country and last two figures; read aloud as "ends in 01"."""
    said = words.masked(number)
    shown = " ".join(part for part in (said.head, "•••", said.tail) if part)
    aloud = gettext("ends in %(tail)s") % {"tail": said.tail} if said.tail else gettext("hidden")
    return format_html(
        '<bdi class="num" dir="ltr"><span aria-hidden="true">{}</span>'
        '<span class="quiet">{} {}</span></bdi>',
        shown,
        said.head,
        aloud,
    )


@register.simple_tag(name="bytes")
def size(count: int) -> SafeString:
    """`{% bytes n %}`: how much a download weighs, as on a phone bill (1.2 MB)."""
    return format_html('<bdi class="num" dir="ltr">{}</bdi>', words.size(count))


@register.filter
def said(kept: object) -> str:
    """`{{ attempt.why|said }}`: a stored phrase of ours in the reader's language.

    Phrases are marked with gettext_noop where they arise; other words pass unchanged.
    """
    words_kept = str(kept or "")
    # Asked for nothing, a catalogue answers with its own heading.
    return gettext(words_kept) if words_kept.strip() else words_kept


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField) -> Mapping[str, Any]:
    """`{% field form.name %}`: label, hint, error and control, tied together for screen readers."""
    widget = bound.field.widget
    options = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    described = [f"{bound.auto_id}_hint"] * bool(bound.help_text)
    described += [f"{bound.auto_id}_error"] * bool(bound.errors)
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    kind = getattr(widget, "input_type", None) or ""
    if kind in {"text", "search", ""}:
        attrs["dir"] = "auto"
    elif kind in _LEFT_TO_RIGHT:
        attrs["dir"] = "ltr"
    if "autocomplete" not in widget.attrs:
        attrs["autocomplete"] = "off"  # a shared computer must not offer what was typed before
    return {
        "field": bound,
        "options": options,
        "single": isinstance(widget, forms.CheckboxInput),
        "control": "" if options else bound.as_widget(attrs=attrs),
        "described": " ".join(described),
    }


@register.inclusion_tag("ui/parts/errors.html")
def errors(form: forms.BaseForm) -> Mapping[str, Any]:
    """`{% errors form %}`: what is wrong, on top of the page, each line a link to its field."""
    lines = [
        (_target(form, name), form[name].label if name in form.fields else "", message)
        for name, messages in form.errors.items()
        for message in messages
    ]
    return {
        "lines": lines,
        "title": ngettext("There is a problem", "There are problems", len(lines)),
    }


def _target(form: forms.BaseForm, name: str) -> str:
    """The id an error's link leads to; empty for what concerns the form as a whole."""
    if name not in form.fields:
        return ""
    bound = form[name]
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.inclusion_tag("ui/parts/older.html", takes_context=True)
def older(context: template.Context, page: Any, name: str = "cursor") -> Mapping[str, Any]:  # noqa: ANN401 - any page with a cursor
    """`{% older page %}`: the way to the next page of a list; nothing on the last.

    `page.older` is the cursor (nyumbani.kit.paging.Page); it goes into the address as `name`,
    beside the filters that stand there already.
    """
    query = context["request"].GET.copy()
    if page.older:
        query[name] = page.older
    return {"query": query.urlencode() if page.older else ""}


@register.inclusion_tag("ui/parts/plot.html")
def plot(points: Iterable[Point], label: str, counted: str = "") -> Mapping[str, Any]:
    """`{% plot points label counted %}`: a step plot and its twin, a table.

    `points` are nyumbani.ui.plots.Point; `label` says what is shown ("Growth of the group"),
    `counted` heads the table's column of figures ("People").
    """
    drawn = steps(list(points))
    said = [(words.day(mark.point.at), mark) for mark in drawn.marks]
    return {
        "label": label,
        "counted": counted or pgettext("column of figures", "Number"),
        "said": said,
        "summary": "; ".join(f"{day}: {mark.point.value}" for day, mark in said),
        "path": drawn.path,
        "sheet": {"w": WIDTH, "h": HEIGHT, "left": LEFT, "right": RIGHT, "ground": GROUND},
    }


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """`{% facts pairs %}`: a summary list of (label, value); for values with links write the dl."""
    lines = format_html_join(
        "",
        '<div><dt>{}</dt><dd><span dir="auto">{}</span></dd></div>',
        ((name, value) for name, value in pairs),
    )
    return format_html('<dl class="facts">{}</dl>', lines)
