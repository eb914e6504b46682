"""How the template library is put into words: `{% load library %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from nyumbani.domain.answers import Answer
from nyumbani.domain.safe_words import Hit
from nyumbani.inbox.queries.library import Words
from nyumbani.inbox.terms import TemplateStatus
from nyumbani.ui.templatetags.ui import tag

register = template.Library()

_SHAPES = {
    TemplateStatus.DRAFT: ("", "◷"),
    TemplateStatus.SUBMITTED: ("", "◷"),
    TemplateStatus.APPROVED: ("ok", "✓"),
    TemplateStatus.REJECTED: ("danger", "▲"),
    TemplateStatus.PAUSED: ("warn", "◆"),
    TemplateStatus.DISABLED: ("danger", "▲"),
    TemplateStatus.DELETED: ("danger", "▲"),
}

_WHY_NOT = {
    "template_name": gettext_lazy("The name takes small letters, digits and _ only."),
    "template_name_taken": gettext_lazy("There is a template of this name already."),
    "template_language": gettext_lazy("Give the language as a code, such as sw, en, ar or fr."),
    "template_language_taken": gettext_lazy("There are words in this language already."),
    "template_being_checked": gettext_lazy(
        "It cannot be changed or submitted now: the platform has it, or has done away with it."
    ),
    "blanks_not_in_order": gettext_lazy(
        "Number the blanks {{1}}, {{2}} and so on, leaving none out."
    ),
    "blank_at_the_edge": gettext_lazy("Let words stand before the first and after the last blank."),
    "examples_missing": gettext_lazy("Give one example a line for each blank: %(told)s."),
    "no_business": gettext_lazy("Write down this number's business account first, further down."),
    "stopped": gettext_lazy("The channel is stopped: the platform refuses our access to it."),
    "empty": gettext_lazy("Write something first."),
    "too_long": gettext_lazy("This is %(told)s characters too long for the channel. Shorten it."),
    "unsafe_words": gettext_lazy("This could betray her, whoever reads it:"),
    "unsafe_name": gettext_lazy("The name tells too much:"),
    "not_yours_to_overrule": gettext_lazy(
        "Only a coordinator or a director may let such words stand:"
    ),
}


@register.simple_tag
def template_state(words: Words) -> SafeString:
    """`{% template_state words %}`: where it stands with the platform, in word, sign and colour."""
    if words.asked_at is not None:
        return tag("", "◷", gettext("on its way to the platform"))
    kind, shape = _SHAPES[TemplateStatus(words.status)]
    return tag(kind, shape, words.get_status_display())


def why_not_kept(answer: Answer, hits: Iterable[Hit] = ()) -> str:
    """A refusal in words; what the lint found is named, each with its reason."""
    said = str(_WHY_NOT.get(answer.why, answer.why))
    said = said % {"told": answer.told[0]} if answer.told else said
    return " ".join([said, *(f"“{hit.words}” ({gettext(hit.reason)})" for hit in hits)])
