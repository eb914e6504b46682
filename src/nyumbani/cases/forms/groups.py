"""What staff fill in about a group: what happened to whom, and a head-count of another day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import STATE_WORDS, BroughtBy
from nyumbani.domain.groups.events import GRAVE, State

LEFT, CAME = "left", "came"
_MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, **more: Any) -> forms.DateTimeField:  # noqa: ANN401 - a lazy string
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget, **more)


class SayForm(forms.Form):
    """What happened to one or many of a group."""

    people = forms.MultipleChoiceField(
        label=_("Who"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )  # fmt: skip
    what = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            *((state.value, STATE_WORDS[state]) for state in State),
            (LEFT, _("left the group")),
            (CAME, _("is of the group, or is back")),
        ],
    )
    at = _moment(_("When"))
    whose_word = forms.CharField(
        label=_("By whose word"), required=False, max_length=200,
        help_text=_("Who saw it or said it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    why = forms.CharField(
        label=_("What is known, or why"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = list(people)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        zone = get_current_timezone_name().replace("_", " ")
        self.fields["at"].help_text = gettext("Empty: now. By the clock of %(zone)s.") % {
            "zone": zone
        }

    def clean(self) -> dict[str, Any]:
        """A grave state, and leaving, say by whose word they are known, and why."""
        given: dict[str, Any] = super().clean() or {}
        what = given.get("what")
        if what in GRAVE or what == LEFT:
            for name, words in (
                ("whose_word", _("Say by whose word this is known.")),
                ("why", _("Say what is known.")),
            ):
                if not given.get(name, "").strip():
                    self.add_error(name, words)
        return given


class TakeBackForm(forms.Form):
    """Why something that was said of the group was not so."""

    why = forms.CharField(
        label=_("Why it was not so"), max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip


class DayForm(forms.Form):
    """A head-count of another moment, and as it was known at another."""

    at = _moment(_("How many on"))
    known_at = _moment(_("As we knew it on"), help_text=_("Empty: as we know it today."))

    @property
    def moments(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Both, as far as they were given rightly."""
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("at"), given.get("known_at")


class CountedForm(forms.Form):
    """How somebody new counts."""

    is_child = forms.BooleanField(label=_("A child"), required=False)
    brought_by = forms.TypedChoiceField(
        label=_("What brought her in"), required=False, coerce=BroughtBy, empty_value=None,
        choices=[("", "—"), *BroughtBy.choices],
    )  # fmt: skip
