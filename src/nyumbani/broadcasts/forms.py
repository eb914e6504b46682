"""What the writer of words to many fills in."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.broadcasts.terms import PATIENCE, SUBJECT_LENGTH, TEXT_LENGTH, VARIANTS, Aim
from nyumbani.cases.terms import Part
from nyumbani.people.terms import Language

_AREA = {"rows": 3, "dir": "auto"}
_NEEDS: dict[str, tuple[str, ...]] = {
    Aim.GROUP: ("case", "parts"), Aim.SILENT: ("days",), Aim.LANGUAGE: ("language",),
}  # fmt: skip


class ToManyForm(forms.Form):
    """To whom, and what is said in which language."""

    subject = forms.CharField(
        label=_("What it is about, for colleagues"),
        help_text=_("It is never sent."),
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    aim = forms.TypedChoiceField(
        label=_("To whom"), choices=Aim.choices, coerce=Aim, widget=forms.RadioSelect
    )
    case = forms.ChoiceField(label=_("Case"), required=False)
    parts = forms.MultipleChoiceField(
        label=_("Who of the case"), choices=Part.choices, required=False,
        initial=[Part.IN_DISTRESS], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("Not heard from for so many days"), required=False, min_value=1, max_value=366
    )
    language = forms.ChoiceField(
        label=_("Who speaks"), choices=[("", "–"), *Language.choices], required=False
    )
    fallback = forms.ChoiceField(label=_("Language for who speaks none of these"), choices=VARIANTS)
    template = forms.ChoiceField(
        label=_("For whom the platform's day is over: this template"), required=False
    )
    patience = forms.IntegerField(
        label=_("Name who has not read it after so many minutes"), initial=PATIENCE, min_value=5,
        max_value=10_080,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, cases: Iterable[tuple[str, str]],  # noqa: ANN401
        templates: Iterable[tuple[str, str]] = (), **more: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(data, **more)
        cast("forms.ChoiceField", self.fields["template"]).choices = [("", "–"), *templates]
        cast("forms.ChoiceField", self.fields["case"]).choices = [("", "–"), *cases]
        for code, name in VARIANTS:
            self.fields[f"text_{code}"] = forms.CharField(
                label=name, required=False, max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs=_AREA),
            )  # fmt: skip

    @property
    def words(self) -> list[tuple[forms.BoundField, int]]:
        """The words of each language, and how many characters they are now."""
        fields = [self[f"text_{code}"] for code, _name in VARIANTS]
        return [(field, len(str(field.value() or "").strip())) for field in fields]

    @property
    def others(self) -> list[forms.BoundField]:
        """What is asked besides the words."""
        return [field for field in self if not field.name.startswith("text_")]

    def clean(self) -> dict[str, Any]:
        """What the aim needs is given, and so are the words of the fallback."""
        given = super().clean() or self.cleaned_data
        for name in _NEEDS.get(given.get("aim", ""), ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Choose this too."))
        code = given.get("fallback", "")
        if code and not given.get(f"text_{code}", "").strip():
            self.add_error("fallback", _("There are no words in this language."))
        return given

    def texts(self) -> dict[str, str]:
        """What is said, by language."""
        given = {code: self.cleaned_data[f"text_{code}"].strip() for code, _name in VARIANTS}
        return {code: text for code, text in given.items() if text}

    def value(self) -> str:
        """What the aim needs besides a case, as it is kept."""
        given = self.cleaned_data
        kept: dict[str, str] = {
            Aim.GROUP: ",".join(given["parts"]), Aim.SILENT: str(given["days"] or ""),
            Aim.LANGUAGE: given["language"],
        }  # fmt: skip
        return kept.get(given["aim"], "")


class LetStandForm(forms.Form):
    """Why words that could betray somebody go out all the same."""

    why = forms.CharField(
        label=_("Why these words must stand"), required=False, max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
