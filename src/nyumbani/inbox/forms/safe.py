"""What staff fill in about writing safely: the agreement with her, and what became of an alarm."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from nyumbani.domain.safe_contact import SafeTime, says
from nyumbani.inbox.terms import SAYABLE, ZONES
from nyumbani.people.agreed import Agreed

Choices = Iterable[tuple[str, Any]]


class SettleForm(forms.Form):
    """What was done about an alarm."""

    how = forms.CharField(
        label=_("What you know of her now, and what was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


_DAYS = [(str(day), name) for day, name in WEEKDAYS.items()]
_SHORTEST = dt.timedelta(minutes=15)  # what is shorter would be over before a message arrives
_TIMES = (1, 2, 3)


class SafeContactForm(forms.Form):
    """What is agreed with somebody about writing to her."""

    zone = forms.ChoiceField(label=_("Where she is, for the hours below"), choices=ZONES)
    never_begun = forms.BooleanField(
        label=_("We only answer; we never write first"), required=False
    )
    channels = forms.MultipleChoiceField(
        label=_("Only through"),
        help_text=_("None chosen: through any."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phone_shared = forms.BooleanField(
        label=_("Somebody else also reads this telephone"), required=False
    )
    cover = forms.CharField(
        label=_("Who we say we are"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    code_word = forms.CharField(
        label=_("Code word"),
        help_text=_("She says it to show that it is she, and that she is alone."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    duress_word = forms.CharField(
        label=_("Duress word"),
        help_text=_("When it comes, nothing more is sent to her and her team is told."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    may_say = forms.MultipleChoiceField(
        label=_("What may be written to her in plain words"),
        help_text=_("None chosen: names, places, times and journeys are warned of before sending."),
        required=False,
        choices=SAYABLE,
        widget=forms.CheckboxSelectMultiple,
    )
    remarks = forms.CharField(
        label=_("What else to heed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, channels: Choices, **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        cast("forms.MultipleChoiceField", self.fields["channels"]).choices = list(channels)
        for number in _TIMES:
            self.fields[f"days_{number}"] = forms.MultipleChoiceField(
                label=_("Safe on"), choices=_DAYS, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            for name, label in (("from", _("from")), ("to", _("until"))):
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"})
                )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The safe times: days, from when and until when."""
        return [[self[f"{name}_{n}"] for name in ("days", "from", "to")] for n in _TIMES]

    @property
    def others(self) -> list[forms.BoundField]:
        """What is asked besides the place and the hours."""
        timed = {field.name for row in self.rows for field in row}
        return [field for field in self if field.name not in timed | {"zone"}]

    def clean(self) -> dict[str, Any]:
        """Each safe time has its days, a beginning and an end; the two words differ."""
        given = super().clean() or self.cleaned_data
        for number in _TIMES:
            self._check_time(number, given)
        words = [given.get(name, "") for name in ("code_word", "duress_word")]
        if words[1] and (says(words[0], words[1]) or says(words[1], words[0])):
            self.add_error("duress_word", _("The code word is heard in it: choose another."))
        return given

    def times(self) -> tuple[SafeTime, ...]:
        """The safe times that were filled in."""
        given = self.cleaned_data
        return tuple(
            SafeTime(frozenset(map(int, given[f"days_{n}"])), given[f"from_{n}"], given[f"to_{n}"])
            for n in _TIMES
            if given[f"days_{n}"]
        )

    def _check_time(self, number: int, given: Mapping[str, Any]) -> None:
        days, start, end = (given.get(f"{name}_{number}") for name in ("days", "from", "to"))
        filled = [bool(days), start is not None, end is not None]
        if any(filled) and not all(filled):
            self.add_error(f"days_{number}", _("Give the days, from when and until when."))
        elif start is not None and end is not None:
            day = dt.date(2000, 1, 3)
            long = dt.datetime.combine(day, end) - dt.datetime.combine(day, start)
            if dt.timedelta() < long < _SHORTEST:
                self.add_error(f"to_{number}", _("Give her at least a quarter of an hour."))


def filled_with(agreed: Agreed) -> dict[str, Any]:
    """The form as it was filled in last."""
    rule = agreed.rule
    given: dict[str, Any] = {
        "zone": rule.zone.key if agreed.agreed_at else "",
        "never_begun": rule.is_never_begun_by_us, "channels": sorted(rule.channels),
        "phone_shared": agreed.is_phone_shared, "cover": agreed.cover,
        "code_word": agreed.code_word, "duress_word": agreed.duress_word,
        "remarks": agreed.remarks, "may_say": sorted(agreed.may_say),
    }  # fmt: skip
    for number, time in zip(_TIMES, rule.times, strict=False):
        given |= {f"days_{number}": [str(day) for day in sorted(time.days)],
                  f"from_{number}": time.start, f"to_{number}": time.end}  # fmt: skip
    return given
