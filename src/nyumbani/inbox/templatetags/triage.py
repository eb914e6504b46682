"""How suggestions of the word lists, and refusals to show a file, are said: `{% load triage %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from nyumbani.domain.triage.terms import Category, Mark
from nyumbani.kit.sniffing import NotShown
from nyumbani.ui.templatetags.ui import tag

register = template.Library()

_MARKS = {
    Mark.P1: ("danger", "▲", gettext_lazy("P1: now")),
    Mark.NOT_UNDERSTOOD: ("warn", "◆", gettext_lazy("not understood: please read")),
    Mark.P2: ("warn", "", gettext_lazy("P2: within a day")),
    Mark.P3: ("", "", gettext_lazy("P3: within three days")),
    Mark.P4: ("", "", gettext_lazy("P4: within a week")),
}
_KINDS = {
    Category.VIOLENCE: gettext_lazy("violence"),
    Category.THREAT_TO_LIFE: gettext_lazy("threat to life"),
    Category.SELF_HARM: gettext_lazy("wanting to die"),
    Category.SEXUAL_VIOLENCE: gettext_lazy("sexual violence"),
    Category.MEDICAL: gettext_lazy("illness or injury"),
    Category.CHILD: gettext_lazy("a child"),
    Category.SOLD_OR_MOVED: gettext_lazy("sold, moved or on the run"),
    Category.CUT_OFF: gettext_lazy("needs help at once, or loses her telephone"),
    Category.LOCKED_IN: gettext_lazy("locked in"),
    Category.PASSPORT_WITHHELD: gettext_lazy("papers withheld"),
    Category.HUNGER: gettext_lazy("hunger or thirst"),
    Category.UNPAID: gettext_lazy("not paid"),
    Category.WORK: gettext_lazy("work"),
    Category.ASKS_FOR_HELP: gettext_lazy("asks for help"),
    Category.PRACTICAL: gettext_lazy("a practical question"),
    Category.LEANING: gettext_lazy("words that together sound like danger"),
}
_TONGUES = {
    "en": gettext_lazy("English"), "sw": gettext_lazy("Swahili"), "sheng": gettext_lazy("Sheng"),
    "fr": gettext_lazy("French"), "ar": gettext_lazy("Arabic"),
    "arabizi": gettext_lazy("Arabic in Latin letters"), "am": gettext_lazy("Amharic"),
}  # fmt: skip


_NOT_SHOWN = {
    NotShown.ACTIVE: gettext_lazy("It could run something on your machine."),
    NotShown.TWO_KINDS: gettext_lazy("It is one kind of file and something else at once."),
    NotShown.NOT_AS_SAID: gettext_lazy("It is not what it was announced as."),
    NotShown.OTHER_KIND: gettext_lazy("We draw no files of this kind."),
    NotShown.TOO_LARGE: gettext_lazy("It would unfold into more than we open."),
    NotShown.LOCKED: gettext_lazy("It is locked with a password. Ask her for one without."),
    NotShown.BROKEN: gettext_lazy("It is broken, or not a picture."),
    NotShown.STOPPED: gettext_lazy("Drawing it took too long and was stopped."),
}


@register.simple_tag
def urgency(mark: int) -> SafeString:
    """`{% urgency judged.mark %}`: the level in words, with its shape."""
    return tag(*_MARKS[Mark(mark)])


@register.simple_tag
def sayable() -> list[tuple[str, str]]:
    """`{% sayable as marks %}`: what somebody who has read a message can say it is."""
    chosen = (mark for mark in Mark if mark is not Mark.NOT_UNDERSTOOD)
    return [(mark.name, str(_MARKS[mark][2])) for mark in chosen]


@register.filter
def danger_kind(category: str) -> str:
    """`{{ hit.category|danger_kind }}`: what the words are about."""
    return str(_KINDS[Category(category)])


@register.filter
def tongue(language: str) -> str:
    """`{{ hit.language|tongue }}`: whose word list the words stand in."""
    return str(_TONGUES.get(language, language))


@register.filter
def not_shown(why: str) -> str:
    """`{{ why|not_shown }}`: why there is no picture of a file to look at."""
    return str(_NOT_SHOWN[NotShown(why)])
