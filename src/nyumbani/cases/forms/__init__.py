"""What staff fill in about a case."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms.groups import CountedForm
from nyumbani.cases.terms import CaseRole, Matter, Part, Stage, Standing, Urgency
from nyumbani.kit import ids
from nyumbani.people.terms import Language

LONGEST = 10_000  # characters of a note or a fact
_PERSON = re.compile(r"(?:P-?)?(\d{1,9})", re.IGNORECASE)
_CASE = re.compile(r"(?:NYB-?)?(\d{1,9})", re.IGNORECASE)

Choices = Iterable[tuple[str, str]]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class Once(forms.Form):
    """A page that may be sent twice and acts once: it carries a mark of its own."""

    once = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = ids.new

    def clean_once(self) -> str:
        """The mark; a damaged one is replaced."""
        once: str = self.cleaned_data["once"]
        return once if ids.is_id(once) else ids.new()


class UrgencyForm(forms.Form):
    """How soon somebody must act, and why: a judgement names its reason."""

    urgency = forms.TypedChoiceField(
        label=_("How soon must somebody act?"),
        choices=Urgency.choices,
        coerce=Urgency,
        widget=forms.RadioSelect,
    )
    urgency_why = forms.CharField(
        label=_("What makes you say so?"),
        required=False,
        max_length=500,
        help_text=_("One sentence. Colleagues read it before they act."),
        widget=_text(2),
    )

    def clean(self) -> dict[str, Any]:
        """What must be acted on soon says why."""
        given: dict[str, Any] = super().clean() or {}
        soon = given.get("urgency") in {Urgency.NOW, Urgency.SOON}
        if soon and not given.get("urgency_why", "").strip():
            self.add_error("urgency_why", _("Say in a sentence why it cannot wait."))
        return given


class OpenForm(Once, UrgencyForm):
    """A case that does not begin with a message."""

    title = forms.CharField(
        label=_("What it is about"),
        max_length=120,
        help_text=_("It stands in lists, so leave names and numbers out."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    field_order = ["title", "urgency", "urgency_why", "once"]


class GlassForm(forms.Form):
    """To open a case one does not belong to: by number, with a reason that others read."""

    number = forms.CharField(
        label=_("Number of the case"),
        max_length=16,
        help_text=_("Such as NYB-7."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    reason = forms.CharField(
        label=_("Why you must see it now"),
        min_length=10,
        max_length=500,
        help_text=_("The lead of the case and a director read this today."),
        widget=_text(2),
    )

    def clean_number(self) -> int:
        """The bare number."""
        return _number(_CASE, self.cleaned_data["number"], _("Write it as NYB-7 or 7."))


class TaskForm(Once):
    """Something to be done."""

    title = forms.CharField(
        label=_("What is to be done"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    due_at = forms.DateTimeField(
        label=_("By when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    assignee = forms.ChoiceField(label=_("By whom"), required=False)

    def __init__(self, data: Any = None, *, team: Choices, mine: str = "") -> None:  # noqa: ANN401
        super().__init__(data, initial={"assignee": mine})
        # A moment agreed with her in Tripoli is another one in Nairobi.
        self.fields["due_at"].help_text = gettext("By the clock of %(zone)s, not by hers.") % {
            "zone": get_current_timezone_name().replace("_", " ")
        }
        _offer(self, "assignee", [("", _("nobody yet")), *team])


class NoteForm(Once):
    """A note between colleagues."""

    text = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("Who works on this case reads it; it is never sent."),
        max_length=LONGEST,
        widget=_text(3),
    )


class FactForm(Once):
    """What was said, by whom, about whom."""

    matter = forms.TypedChoiceField(
        label=_("What it is about"), choices=Matter.choices, coerce=Matter
    )
    text = forms.CharField(
        label=_("What was said"),
        help_text=_("In the words it was said in. It stays alleged until somebody establishes it."),
        max_length=LONGEST,
        widget=_text(3),
    )
    about = forms.ChoiceField(label=_("About whom"), required=False)
    said_by = forms.ChoiceField(label=_("Said by"), required=False)
    said_at = forms.DateTimeField(
        label=_("Said when"),
        required=False,
        help_text=_("Empty means now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, data: Any = None, *, people: Choices) -> None:  # noqa: ANN401
        super().__init__(data)
        people = list(people)
        _offer(self, "about", [("", _("nobody in particular")), *people])
        _offer(self, "said_by", [("", _("somebody not in this case")), *people])

    def said(self, now: dt.datetime) -> dt.datetime:
        """When it was said; `now` where nobody wrote it down."""
        at: dt.datetime | None = self.cleaned_data["said_at"]
        return at or now


class StandingForm(forms.Form):
    """How sure a fact is."""

    standing = forms.TypedChoiceField(choices=Standing.choices, coerce=Standing)


class StageForm(forms.Form):
    """How far the way home has come."""

    stage = forms.TypedChoiceField(label=_("Stage"), choices=Stage.choices, coerce=Stage)


class MemberForm(Once, CountedForm):
    """Somebody becomes part of a case: a person known by number, or somebody new."""

    number = forms.CharField(
        label=_("Number of a known person"),
        required=False,
        max_length=16,
        help_text=_("Such as P-12. Leave it empty for somebody new."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    called = forms.CharField(
        label=_("What she is called"),
        required=False,
        max_length=120,
        help_text=_("Only for somebody new. May stay empty: a person needs no name to be helped."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    part = forms.TypedChoiceField(
        label=_("Her part in the case"), choices=Part.choices, coerce=Part
    )
    told_by = forms.ChoiceField(label=_("Who told us of her"), required=False)
    field_order = ["number", "called", "part", "told_by", "brought_by", "is_child", "once"]

    def __init__(self, data: Any = None, *, people: Choices) -> None:  # noqa: ANN401
        super().__init__(data, initial={"part": Part.IN_DISTRESS})
        _offer(self, "told_by", [("", _("nobody in this case")), *people])

    def clean_number(self) -> int | None:
        """The bare number, or nothing for somebody new."""
        given = self.cleaned_data["number"].strip()
        return _number(_PERSON, given, _("Write it as P-12 or 12.")) if given else None


class ColleagueForm(forms.Form):
    """A colleague, and what they are in the case."""

    staff = forms.ChoiceField(label=_("Colleague"))
    role = forms.TypedChoiceField(
        label=_("As"), choices=CaseRole.choices, coerce=CaseRole, initial=CaseRole.TEAM
    )

    def __init__(self, data: Any = None, *, colleagues: Choices) -> None:  # noqa: ANN401
        super().__init__(data)
        _offer(self, "staff", list(colleagues))


class LeadForm(forms.Form):
    """Who is to lead a case on which nobody is left."""

    staff = forms.ChoiceField(label=_("Lead"))

    def __init__(self, data: Any = None, *, colleagues: Choices, **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        _offer(self, "staff", list(colleagues))


class LanguagesForm(forms.Form):
    """What somebody speaks: any number of languages, or none that we know of."""

    languages = forms.MultipleChoiceField(
        label=_("Languages she speaks"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NameForm(forms.Form):
    """A way somebody is called."""

    given = forms.CharField(
        label=_("Another name or spelling"),
        max_length=120,
        help_text=_("As she or others say it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


def _number(shape: re.Pattern[str], given: str, advice: Any) -> int:  # noqa: ANN401
    fits = shape.fullmatch(given.strip())
    if fits is None:
        raise forms.ValidationError(advice)
    return int(fits[1])
