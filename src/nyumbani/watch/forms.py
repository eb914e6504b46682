"""What staff fill in about who is silent and who is on duty."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext_lazy as _

from nyumbani.inbox.terms import ZONES
from nyumbani.kit import clock
from nyumbani.watch.actions.duty import Hours
from nyumbani.watch.terms import FIGURES, LONGEST_FIGURE, LONGEST_LIMIT, Life, Tier

Choices = Iterable[tuple[str, Any]]
_DAYS = [(str(day), name) for day, name in WEEKDAYS.items()]
_LONGEST_PAUSE = dt.timedelta(days=90)


def _words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class LimitForm(forms.Form):
    """How long she may be silent."""

    hours = forms.IntegerField(
        label=_("Hours without a sign of life"), min_value=1, max_value=LONGEST_LIMIT
    )
    waits = forms.BooleanField(
        label=_("Wait until a safe time of hers has passed as well"),
        help_text=_("For somebody who can only write in her safe hours."),
        required=False,
    )
    why = forms.CharField(
        label=_("Why, and how it was agreed with her"), max_length=1000, widget=_words()
    )


class PauseForm(forms.Form):
    """Until when her silence is expected."""

    until = forms.DateTimeField(
        label=_("Expected silent until"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why her silence is expected"), max_length=1000, widget=_words()
    )  # fmt: skip

    def clean_until(self) -> dt.datetime:
        """In the future, and not for ever: what rests must be looked at again."""
        until: dt.datetime = self.cleaned_data["until"]
        if not dt.timedelta() < until - clock.now() <= _LONGEST_PAUSE:
            raise forms.ValidationError(_("Name a time within the next ninety days."))
        return until


class SignForm(forms.Form):
    """A sign of life that was no message."""

    kind = forms.TypedChoiceField(
        label=_("What showed that she lives"), choices=Life.choices, coerce=Life
    )
    at = forms.DateTimeField(
        label=_("When"),
        help_text=_("Leave it empty for now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = forms.CharField(
        label=_("Who heard or saw it"), required=False, max_length=1000, widget=_words()
    )

    def clean_at(self) -> dt.datetime:
        """Not in the future."""
        at: dt.datetime = self.cleaned_data["at"] or clock.now()
        if at > clock.now():
            raise forms.ValidationError(_("This time has not come yet."))
        return at


class FoundOutForm(forms.Form):
    """What staff found out about somebody who was silent."""

    how = forms.CharField(
        label=_("What you found out, and what was done"), max_length=2000, widget=_words()
    )


class ShiftForm(forms.Form):
    """Who is on duty, on which days, from when until when."""

    tier = forms.TypedChoiceField(label=_("Tier"), choices=Tier.choices, coerce=Tier)
    staff = forms.ChoiceField(
        label=_("Who"), help_text=_("Nobody for office hours."), required=False
    )
    days = forms.MultipleChoiceField(
        label=_("Days on which it begins"), choices=_DAYS, widget=forms.CheckboxSelectMultiple
    )
    start = forms.TimeField(label=_("from"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(
        label=_("until"),
        help_text=_("An end before the beginning is on the next day."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    zone = forms.ChoiceField(label=_("On the clocks of"), choices=ZONES[1:])
    first_day = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty if it goes on."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, colleagues: Choices, **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        self._choices("staff").choices = [("", "–"), *colleagues]
        here = get_current_timezone_name()
        zones = list(ZONES[1:])
        if here not in dict(zones):
            zones = [(here, here.replace("_", " ")), *zones]
        self._choices("zone").choices = zones
        self.fields["zone"].initial = here
        self.fields["first_day"].initial = clock.now().date()

    def clean(self) -> dict[str, Any]:
        """Somebody is on duty, nobody is the office; and one of its days lies in its time."""
        given = super().clean() or self.cleaned_data
        if "tier" in given and (given["tier"] == Tier.OFFICE) == bool(given.get("staff")):
            self.add_error("staff", _("Name a colleague; for office hours name nobody."))
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It ends before it begins."))
        elif first and last and given.get("days") and not _falls(first, last, given["days"]):
            self.add_error("days", _("None of these days lies between the first and the last."))
        return given

    @property
    def hours(self) -> Hours:
        """When it is, as filled in."""
        given = self.cleaned_data
        return Hours(
            frozenset(map(int, given["days"])), given["start"], given["end"], given["zone"],
            given["first_day"], given["last_day"],
        )  # fmt: skip

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])


class HandOverForm(forms.Form):
    """Which turn goes to whom, and what they give in return."""

    turn = forms.ChoiceField(label=_("Which turn"))
    to = forms.ChoiceField(label=_("Who takes it"), required=False)
    other = forms.ChoiceField(
        label=_("… or in exchange for"), help_text=_("Then both are swapped."), required=False
    )
    why = forms.CharField(label=_("Why"), required=False, max_length=500, widget=_words(1))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        turns: Choices,
        others: Choices,
        colleagues: Choices,
    ) -> None:
        super().__init__(data, auto_id="over_%s")
        for name, choices in (
            ("turn", list(turns)), ("to", [("", "–"), *colleagues]), ("other", [("", "–"), *others])
        ):  # fmt: skip
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A colleague, or a turn in exchange: one of both."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("to")) == bool(given.get("other")):
            self.add_error("to", _("Name a colleague, or a turn in exchange: one of both."))
        return given


class FiguresForm(forms.Form):
    """After how many minutes something counts, or climbs."""

    def __init__(
        self, data: Any = None, *, known: Mapping[str, int], labels: Mapping[str, Any]  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(data)
        for name in FIGURES:
            self.fields[name.replace(".", "_")] = forms.IntegerField(
                label=labels[name], min_value=1, max_value=LONGEST_FIGURE, initial=known[name]
            )

    def changed(self) -> dict[str, int]:
        """The figures that are others than before."""
        given = {name: self.cleaned_data[name.replace(".", "_")] for name in FIGURES}
        before = {name: self.fields[name.replace(".", "_")].initial for name in FIGURES}
        return {name: minutes for name, minutes in given.items() if minutes != before[name]}


def _falls(first: dt.date, last: dt.date, days: Iterable[str]) -> bool:
    wanted = {int(day) for day in days}
    length = min((last - first).days, 6)
    return any((first + dt.timedelta(days=n)).weekday() in wanted for n in range(length + 1))
