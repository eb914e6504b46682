"""What visitors of the demonstration fill in."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.drill.script.acts import STEPS
from nyumbani.drill.stage.cues import LONGEST_TEXT, Deed

HOURS = [
    ("0.25", _("15 minutes")),
    ("1", _("1 hour")),
    ("8", _("8 hours")),
    ("24", _("1 day")),
]

DEEDS: dict[Deed, tuple[str, object]] = {
    Deed.OPEN: ("inbox", _("She opens the chat and reads")),
    Deed.VOICE: ("voice", _("Voice note")),
    Deed.PHOTO: ("file", _("Photo")),
    Deed.PLACE: ("place", _("Where she is")),
    Deed.ONCE: ("hide", _("Photo to be seen once")),
    Deed.NUMBER: ("phone", _("New number")),
    Deed.OFF: ("exit", _("Phone off")),
    Deed.ON: ("phone", _("Phone on")),
}
"""What can be done with a phone: the icon, and the words on the button."""


class PlayForm(forms.Form):
    """How far the story is to be played: up to and with this step, counted from 1."""

    to = forms.IntegerField(min_value=0, max_value=len(STEPS))


class TimeForm(forms.Form):
    """How much of the story's time is to pass."""

    hours = forms.ChoiceField(choices=HOURS)

    def time(self) -> dt.timedelta:
        """The same as a stretch of time."""
        return dt.timedelta(hours=float(self.cleaned_data["hours"]))


class WriteForm(forms.Form):
    """What she types on her phone."""

    text = forms.CharField(
        label=_("Write as her"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class DeedForm(forms.Form):
    """What else she does with her phone."""

    deed = forms.ChoiceField(choices=[(deed.value, words) for deed, (_i, words) in DEEDS.items()])

    def chosen(self) -> Deed:
        """The deed."""
        return Deed(self.cleaned_data["deed"])


class ChangeForm(forms.Form):
    """Other words for a message of hers, or none: she takes it back."""

    message = forms.CharField(max_length=300)
    what = forms.ChoiceField(choices=[("edit", ""), ("take_back", "")])
    text = forms.CharField(max_length=LONGEST_TEXT, required=False)

    def clean(self) -> dict[str, object]:
        """Words are changed into words."""
        given: dict[str, object] = super().clean() or {}
        if given.get("what") == "edit" and not given.get("text"):
            self.add_error("text", _("An edited message needs words."))
        return given
