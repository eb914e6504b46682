"""How words to many are put into words: `{% load broadcasts %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from nyumbani.domain.to_many import Fate, Outlook
from nyumbani.inbox.templatetags.inbox import why_not
from nyumbani.people.terms import Language
from nyumbani.ui.templatetags.ui import tag

register = template.Library()

_OUTLOOKS = {
    Outlook.NOW: ("ok", "✓", gettext_lazy("now")),
    Outlook.HELD: ("", "◷", gettext_lazy("held until her safe time")),
    Outlook.TEMPLATE: ("warn", "◆", gettext_lazy("needs a template")),
    Outlook.ALARM: ("danger", "▲", gettext_lazy("duress word")),
    Outlook.REFUSED: ("danger", "▲", gettext_lazy("refused")),
}
_FATES = {
    Fate.PENDING: ("", "◷", gettext_lazy("not yet written")),
    Fate.HELD: ("", "◷", gettext_lazy("held until her safe time")),
    Fate.QUEUED: ("", "◷", gettext_lazy("waiting to be sent")),
    Fate.UNKNOWN: ("warn", "◆", gettext_lazy("not known whether it was sent")),
    Fate.SENT: ("", "✓", gettext_lazy("sent")),
    Fate.DELIVERED: ("", "✓✓", gettext_lazy("delivered")),
    Fate.READ: ("ok", "✓✓", pgettext_lazy("of a message", "read")),
    Fate.FAILED: ("danger", "▲", gettext_lazy("not sent")),
    Fate.REFUSED: ("danger", "▲", gettext_lazy("refused")),
    Fate.WITHDRAWN: ("warn", "◆", gettext_lazy("withdrawn")),
}
_WHY = {
    "twice": gettext_lazy("She stands in the list already, under another number of hers."),
    "nobody": gettext_lazy("Nobody is meant: choose other people."),
    "no_fallback": gettext_lazy("There are no words in the language of last resort."),
    "words": gettext_lazy("Some words could betray somebody. Change them, or say why they stand."),
    "not_yours_to_let_stand": gettext_lazy(
        "Only who leads their cases, a coordinator or a director may let such words stand."
    ),
    "no_other_way": gettext_lazy("There is no other channel to her by her rule."),
    "still_hope": gettext_lazy("She may still read it. Wait a little."),
}


@register.simple_tag
def outlook(kind: str) -> SafeString:
    """`{% outlook row.outlook %}`: what would become of it."""
    return tag(*_OUTLOOKS[Outlook(kind)])


@register.simple_tag
def fate(kind: str) -> SafeString:
    """`{% fate row.fate %}`: what has become of it."""
    return tag(*_FATES[Fate(kind)])


@register.filter
def why_to_many(answer: object) -> str:
    """`{{ answer|why_to_many }}`: why nothing is written to her, or nothing was sent."""
    own = _WHY.get(getattr(answer, "why", ""))
    return str(own) if own else why_not(answer)


@register.filter
def own_name(code: str) -> str:
    """`{{ code|own_name }}`: a language under its own name."""
    return str(Language(code).label) if code in Language.values else code
