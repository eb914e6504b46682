"""`{% load drill %}`: the story's clock."""

from zoneinfo import ZoneInfo

from babel import dates
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nyumbani.kit import clock
from nyumbani.ui import words

register = template.Library()


@register.simple_tag
def story_clock() -> SafeString:
    """`{% story_clock %}`: day and hour of the story, as the house's own place counts them."""
    now = clock.now()
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = dates.format_skeleton("yMMMEd", here, locale=words.locale())
    return format_html(
        '<bdi class="num"><time datetime="{}">{} {}</time></bdi>',
        now.isoformat(timespec="seconds"), day, f"{here:%H:%M}",
    )  # fmt: skip
