"""What staff fill in: a file, what its columns mean, and whom its lines are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.terms import Part
from nyumbani.domain.htcds.headings import Column
from nyumbani.kit.uploads import NO_ROOM, TOO_LARGE
from nyumbani.sheets.terms import LEFT_OUT, NEW, titles
from nyumbani.sheets.workbooks.encodings import KNOWN
from nyumbani.sheets.workbooks.texts import SEPARATORS

_REFUSALS = {
    TOO_LARGE: _("The file is larger than 16 MB. Save it without pictures, or in parts."),
    NO_ROOM: _("There is no room for this file now. Try later."),
}


class BringForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("List of people, .xlsx or .csv"),
        help_text=_("Up to 16 MB. It is kept sealed, as it came."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, refused: str = "", **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.refused = refused
        if refused:
            self.fields["file"].error_messages["required"] = _REFUSALS[refused]


class AnswerForm(forms.Form):
    """What a file leaves open."""

    about = forms.ChoiceField(choices=[("encoding", ""), ("separator", "")])
    # A separator may be a tab, which is not to be stripped.
    answer = forms.ChoiceField(choices=[(one, one) for one in (*KNOWN, *SEPARATORS)])


class ColumnsForm(forms.Form):
    """Which sheet of a file is meant, what part its people have, what its columns mean."""

    page = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    part = forms.TypedChoiceField(
        label=_("Their part in the case"), choices=Part.choices, coerce=Part
    )

    def __init__(
        self, *args: Any, pages: Sequence[tuple[int, str]], columns: Sequence[Column], **more: Any  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.fields["page"].choices = pages  # type: ignore[attr-defined]
        self.columns = columns

    def clean(self) -> dict[str, Any]:
        """Read what was typed for each column: a field by its title or name, or nothing."""
        cleaned = super().clean() or {}
        chosen: dict[int, str] = {}
        for column in self.columns:
            given = self.data.get(f"column-{column.number}")
            if given is not None:
                chosen[column.number] = self._name(given)
        named = Counter(name for name in chosen.values() if name)
        for name, count in named.items():
            if count > 1:
                said = titles().get(name, name)
                raise forms.ValidationError(
                    _("Two columns cannot both be “%(field)s”."), params={"field": said}
                )
        return cleaned | {"columns": chosen}

    def _name(self, given: str) -> str:
        words = " ".join(given.split())
        name = _names().get(words.casefold(), "")
        if words and not name:
            raise forms.ValidationError(
                _("“%(words)s” is no field. Choose one of the list."), params={"words": words[:60]}
            )
        return name


def decisions(data: Mapping[str, str], asked: Mapping[int, tuple[str, set[str]]]) -> dict[str, str]:
    """What was chosen for each line that was asked about: digest → choice.

    `asked` says for the number of a line its digest and who was proposed; whatever else was sent
    is not a choice.
    """
    found: dict[str, str] = {}
    for number, (digest, proposed) in asked.items():
        choice = data.get(f"line-{number}", "")
        if choice in {NEW, LEFT_OUT} or choice in proposed:
            found[digest] = choice
    return found


@cache
def _names() -> dict[str, str]:
    by_title = {title.casefold(): name for name, title in titles().items()}
    return {name.casefold(): name for name in titles()} | by_title
