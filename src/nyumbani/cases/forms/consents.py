"""What is asked when somebody agrees, refuses, takes back, or is not asked."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import Once
from nyumbani.domain.consent.read_aloud import LANGUAGES
from nyumbani.domain.consent.recipients import FITTING, NAMED, Kind, Recipient
from nyumbani.domain.consent.rule import Use
from nyumbani.domain.consent.terms import (
    HANDS_NOTHING_OVER,
    IDENTIFYING,
    Cause,
    Field,
    Level,
    Purpose,
    Way,
)
from nyumbani.kit import clock
from nyumbani.people.actions.consents import Saying
from nyumbani.people.terms import CAUSES, FIELDS, KINDS, LEVELS, PURPOSES, WAYS, Language

_READ_IN = [(code, Language(code).label) for code in LANGUAGES]
_DAY = dt.timedelta(days=1)


def _line(**more: Any) -> forms.TextInput:  # noqa: ANN401
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"} | more)


def _name(help_text: Any = "") -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=_("Who exactly"), required=False, max_length=120, help_text=help_text, widget=_line()
    )


def _way() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("How she said it"), choices=WAYS, coerce=Way, widget=forms.RadioSelect
    )


def _witness() -> forms.CharField:
    return forms.CharField(
        label=_("Who else heard it"), required=False, max_length=120, widget=_line()
    )


def _parts() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=_("What of hers"), choices=FIELDS, coerce=Field, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class ReadForm(forms.Form):
    """What to ask her about, and in which language it is read to her."""

    purpose = forms.TypedChoiceField(
        label=_("What do you ask her for?"), choices=PURPOSES, coerce=Purpose,
        widget=forms.RadioSelect,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Read it to her in"), choices=_READ_IN)


class _Whom(Once):
    """A form that says to whom, and what of hers."""

    def recipient(self) -> Recipient:
        """Whom it names."""
        return Recipient(self.cleaned_data["kind"], self.cleaned_data["name"].strip())

    def _check(self, purpose: Purpose | None, given: dict[str, Any]) -> None:
        if given.get("kind") in NAMED and not given.get("name", "").strip():
            self.add_error("name", _("Name it: she decides on each one."))
        parts = set(given.get("parts", []))
        if purpose is not None and purpose not in HANDS_NOTHING_OVER and not parts:
            self.add_error("parts", _("Say what of hers."))
        if purpose == Purpose.STATISTICS and parts & IDENTIFYING:
            self.add_error("parts", _("Nothing that tells who she is goes into statistics."))


class GiveForm(_Whom):
    """What she agreed to, after it was read to her."""

    kind = forms.TypedChoiceField(label=_("To whom"), coerce=Kind, widget=forms.RadioSelect)
    name = _name()
    parts = _parts()
    until = forms.DateField(
        label=_("Until when"), required=False, help_text=_("Empty: until she takes it back."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip
    way = _way()
    witness = _witness()
    is_childs = forms.BooleanField(label=_("She is under 18"), required=False)
    guardian = forms.CharField(
        label=_("Who looks after her and agreed too"), required=False, max_length=120,
        help_text=_("A child's word counts only together with theirs."), widget=_line(),
    )  # fmt: skip
    was_read = forms.BooleanField(
        label=_("I read all of it to her, and she understood it"),
        error_messages={"required": _("Read it to her first: without that it is no consent.")},
    )

    def __init__(self, data: Any = None, *, purpose: Purpose, **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        self.purpose = purpose
        labels = dict(KINDS)
        kind = cast("forms.TypedChoiceField", self.fields["kind"])
        kind.choices = [(one.value, labels[one.value]) for one in FITTING[purpose]]
        kind.initial = FITTING[purpose][0].value

    def clean_until(self) -> dt.datetime | None:
        """The end of that day; a day that is over is no end."""
        day: dt.date | None = self.cleaned_data["until"]
        if day is None:
            return None
        ends = dt.datetime.combine(day, dt.time(), get_current_timezone()) + _DAY
        if ends <= clock.now():
            raise forms.ValidationError(gettext("This day is over."))
        return ends

    def clean(self) -> dict[str, Any]:
        """A partner, state body or relative has a name; what is handed over is said."""
        given: dict[str, Any] = super().clean() or {}
        self._check(self.purpose, given)
        return given

    def use(self) -> Use:
        """What she allows."""
        return Use(self.purpose, self.recipient(), frozenset(self.cleaned_data["parts"]))

    def saying(self, language: str, version: int) -> Saying:
        """How she said it, and which words were read to her."""
        given = self.cleaned_data
        return Saying(
            language, given["way"], clock.now(), given["witness"], version, given["is_childs"],
            given["guardian"],
        )  # fmt: skip


class NeverForm(_Whom):
    """To whom nothing of hers may ever go."""

    kind = forms.TypedChoiceField(
        label=_("Never to"), coerce=Kind, widget=forms.RadioSelect,
        choices=[one for one in KINDS if one[0] not in {Kind.HOUSE, Kind.HELPERS}],
    )  # fmt: skip
    name = _name(_("Empty: to none of them. Every name that could be the same one is refused."))
    purpose = forms.TypedChoiceField(
        label=_("For what"), required=False, coerce=Purpose, empty_value=None,
        choices=[("", _("for anything at all")), *PURPOSES],
    )  # fmt: skip
    way = _way()
    witness = _witness()

    def saying(self) -> Saying:
        """How she said it."""
        given = self.cleaned_data
        return Saying("", given["way"], clock.now(), given["witness"])


class WithdrawForm(forms.Form):
    """She takes it back; why is hers to say or not."""

    reason = forms.CharField(
        label=_("Why, if she says so"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip


class WishForm(forms.Form):
    """What she wants done with what she tells us."""

    level = forms.TypedChoiceField(
        label=_("What may be done with what she tells us?"), choices=LEVELS, coerce=Level,
        widget=forms.RadioSelect,
    )  # fmt: skip


class OverrideForm(_Whom):
    """That it must be done without her consent: for what, to whom, what, and why."""

    purpose = forms.TypedChoiceField(
        label=_("For what"), choices=PURPOSES, coerce=Purpose, widget=forms.RadioSelect
    )
    kind = forms.TypedChoiceField(
        label=_("To whom"), coerce=Kind, widget=forms.RadioSelect,
        choices=[one for one in KINDS if one[0] not in {Kind.ANYBODY, Kind.HELPERS}],
    )  # fmt: skip
    name = _name()
    parts = _parts()
    cause = forms.TypedChoiceField(
        label=_("What forces us"), choices=CAUSES, coerce=Cause, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why it cannot wait for her word"), min_length=10, max_length=1000,
        help_text=_("The lead of her case and a director read this today."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """As with a consent: named, and what of hers is said."""
        given: dict[str, Any] = super().clean() or {}
        self._check(given.get("purpose"), given)
        return given

    def use(self) -> Use:
        """What is done without her consent."""
        given = self.cleaned_data
        return Use(given["purpose"], self.recipient(), frozenset(given["parts"]))
