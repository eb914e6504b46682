"""What happened to a group, in words: `{% load groups %}`."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import STATE_WORDS
from nyumbani.domain.groups.events import GRAVE, Kind, State
from nyumbani.ui.templatetags.ui import tag

register = template.Library()
_HAPPENED: dict[str, str | Promise] = {
    Kind.JOINED: _("is of the group"),
    Kind.LEFT: _("left the group"),
}


@register.simple_tag
def state_of(state: State) -> SafeString:
    """`{% state_of state %}`: how somebody is; a grave state in colour, shape and word."""
    grave = state in GRAVE
    return tag("danger" if grave else "", "▲" if grave else "", STATE_WORDS[state])


@register.simple_tag
def happened(row: object) -> SafeString | str:
    """`{% happened row %}`: what one line of the group's course says."""
    state = getattr(row, "state", "")
    return state_of(State(state)) if state else str(_HAPPENED[getattr(row, "kind", "")])
