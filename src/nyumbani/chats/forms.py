"""What staff fill in to bring a chat in, and to say who is who."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import Part
from nyumbani.chats.terms import DateOrder
from nyumbani.inbox.terms import ZONES
from nyumbani.kit.uploads import NO_ROOM, TOO_LARGE

_PERSON = re.compile(r"(?:P-?)?(\d{1,9})", re.IGNORECASE)
_REFUSALS = {
    TOO_LARGE: _("The file is larger than 256 MB. Export the chat again, without media."),
    NO_ROOM: _("There is no room for this file now. Try later, or export without media."),
}


class BringForm(forms.Form):
    """An export, where the telephone stood, and the case it belongs to."""

    file = forms.FileField(
        label=_("File of “Export chat”, .txt or .zip"),
        help_text=_("Up to 256 MB. It is kept sealed, as it came."),
        widget=forms.FileInput(attrs={"accept": ".txt,.zip,text/plain,application/zip"}),
        allow_empty_file=True,
    )
    zone = forms.ChoiceField(
        label=_("Where the telephone was"),
        help_text=_("The file does not say by which clock its times are."),
        choices=ZONES,
    )
    case = forms.ChoiceField(
        label=_("Case"),
        help_text=_("Who works on it reads the chat. Without a case: you and the coordinators."),
        required=False,
    )

    def __init__(
        self, *args: Any, cases: Iterable[tuple[str, str]], refused: str = "", **more: Any  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.refused = refused
        if refused:
            self.fields["file"].error_messages["required"] = _REFUSALS[refused]
        field = cast("forms.ChoiceField", self.fields["case"])
        field.choices = [("", _("no case")), *cases]


class OrderForm(forms.Form):
    """In which order day and month stand."""

    order = forms.TypedChoiceField(choices=DateOrder.choices, coerce=DateOrder)


class WhoForm(forms.Form):
    """Who a sender is: a person known by number, or somebody new."""

    number = forms.CharField(
        label=_("Number of a known person"),
        required=False,
        max_length=16,
        help_text=_("Such as P-12. Leave it empty for somebody new."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "dir": "ltr"}),
    )
    part = forms.TypedChoiceField(
        label=_("If she is new: her part in the case"),
        choices=Part.choices,
        coerce=Part,
        initial=Part.IN_DISTRESS,
        required=False,
        empty_value=Part.IN_DISTRESS,
    )

    def clean_number(self) -> int | None:
        """The bare number, or nothing for somebody new."""
        given = self.cleaned_data["number"].strip()
        if not given:
            return None
        fits = _PERSON.fullmatch(given)
        if fits is None:
            raise forms.ValidationError(_("Write it as P-12 or 12."))
        return int(fits[1])
