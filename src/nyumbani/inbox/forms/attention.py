"""What staff fill in to mark a conversation and to lay it aside."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.inbox.terms import COMES_BACK, LONGEST_ASIDE, LabelKind


class LabelForm(forms.Form):
    """A new label of the house."""

    name = forms.CharField(
        label=_("Label"),
        help_text=_("A word of ours, never a name or a place: the whole house reads it."),
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.TypedChoiceField(
        label=_("Colour"), choices=LabelKind.choices, coerce=LabelKind, required=False,
        empty_value=LabelKind.PLAIN,
    )  # fmt: skip


class SnoozeForm(forms.Form):
    """When a conversation that is laid aside comes back."""

    when = forms.ChoiceField(label=_("Comes back"))
    at = forms.DateTimeField(
        label=_("At"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, times: Mapping[str, dt.datetime], now: dt.datetime, **more: Any  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(data, **more)
        self.times, self.now = times, now
        known = [(name, said) for name, said in COMES_BACK.items() if name in times]
        choices = [*known, ("at", _("at the time below"))]
        cast("forms.ChoiceField", self.fields["when"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Give `until`: a time in the coming month."""
        given = super().clean() or self.cleaned_data
        until = self.times.get(given.get("when", "")) or given.get("at")
        if until is None or not self.now < until <= self.now + LONGEST_ASIDE:
            self.add_error("at", _("Give a time within the coming month."))
        return given | {"until": until}
