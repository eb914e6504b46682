"""What staff fill in where one telephone has several people, or one woman several telephones."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import Once
from nyumbani.kit.digits import plain

Choices = Iterable[tuple[str, Any]]
NEWCOMER = "new:"
_NUMBER = re.compile(r"(?:P\s*-?\s*)?(\d{1,6})", re.IGNORECASE)


class WriterForm(Once):
    """Who wrote on somebody's telephone, from one message up to another."""

    writer = forms.ChoiceField(label=_("Written by"))
    called = forms.CharField(
        label=_("What she is called"),
        required=False,
        max_length=120,
        help_text=_("Only for somebody new. May stay empty: a person needs no name to be helped."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    last = forms.ChoiceField(label=_("Up to which message"))

    def __init__(self, data: Any = None, *, writers: Choices, ends: Choices) -> None:  # noqa: ANN401
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["writer"]).choices = list(writers)
        cast("forms.ChoiceField", self.fields["last"]).choices = list(ends)


class AboutForm(Once):
    """Of whom a message speaks."""

    people = forms.MultipleChoiceField(label=_("It speaks of"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, people: Choices, **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        cast("forms.MultipleChoiceField", self.fields["people"]).choices = list(people)


class JoinForm(forms.Form):
    """Another conversation of the same woman."""

    number = forms.CharField(
        label=_("Number of the person whose other conversation it is"),
        help_text=_("Such as P-12."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    why = forms.CharField(
        label=_("How you know that it is one woman"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_number(self) -> int:
        """The bare number."""
        given = _NUMBER.fullmatch(plain(self.cleaned_data["number"]).strip())
        if given is None:
            raise forms.ValidationError(_("Write it as P-12 or 12."))
        return int(given[1])
