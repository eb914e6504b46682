"""What staff fill in beside a conversation: a reply, a note, a fact, who answers."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import Once
from nyumbani.cases.terms import Matter
from nyumbani.inbox.queries.wording import Warned
from nyumbani.kit import ids

Choices = Iterable[tuple[str, Any]]
LONGEST_NOTE = 10_000  # characters


class ReplyForm(forms.Form):
    """Words to somebody in distress. What a channel allows is asked where they are sent."""

    meanwhile: Any = None  # what a colleague answered since the page was opened

    # Not stripped and not required here: what cannot be sent must come back as it was typed.
    text = forms.CharField(
        label=_("Reply"),
        required=False,
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    override = forms.CharField(
        label=_("Why it must leave now, against what was agreed with her"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    once = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    # The mark of what was warned of: other words than those are warned of anew.
    words_anyway = forms.CharField(required=False, max_length=64)
    warned: Warned | None = None  # what the lint found in what was typed

    def clean_once(self) -> str:
        """The page's own mark, by which a second click is known; a damaged one is replaced."""
        once: str = self.cleaned_data["once"]
        return once if ids.is_id(once) else ids.new()


class NoteForm(Once):
    """A note between colleagues; it may name one of them, who is told."""

    text = forms.CharField(
        label=_("Note for colleagues"),
        help_text=_("It stands in the conversation and is never sent. @name tells a colleague."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    tell = forms.ChoiceField(label=_("Tell a colleague"), required=False)

    def __init__(self, data: Any = None, *, colleagues: Choices = (), **more: Any) -> None:  # noqa: ANN401
        super().__init__(data, **more)
        choices = [("", _("nobody in particular")), *colleagues]
        cast("forms.ChoiceField", self.fields["tell"]).choices = choices


class FactForm(Once):
    """What a message says, to be written down in a case."""

    case = forms.ChoiceField(label=_("Case"))
    about = forms.ChoiceField(label=_("About"), required=False)
    matter = forms.TypedChoiceField(
        label=_("What it is about"), choices=Matter.choices, coerce=Matter
    )
    text = forms.CharField(
        label=_("In her words"),
        help_text=_("It stays alleged until somebody establishes it."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(
        self,
        data: dict[str, str] | None = None,
        *,
        cases: Iterable[tuple[str, str]],
        people: Iterable[tuple[str, str]],
        inside: Mapping[str, AbstractSet[str]],
        said: str = "",
    ) -> None:
        super().__init__(data, initial={"text": said})
        self.inside = inside
        self._choices("case").choices = list(cases)
        self._choices("about").choices = [("", _("nobody in particular")), *people]

    def clean(self) -> dict[str, Any]:
        """Only somebody who is in the case can be spoken of in it."""
        given: dict[str, Any] = super().clean() or {}
        about = given.get("about")
        if about and about not in self.inside.get(given.get("case", ""), ()):
            self.add_error("about", _("This person is not in that case."))
        return given

    def _choices(self, name: str) -> forms.ChoiceField:
        return cast("forms.ChoiceField", self.fields[name])


class AssignForm(forms.Form):
    """Whose a conversation is; an empty answer makes it nobody's."""

    to = forms.ChoiceField(label=_("Who answers"), required=False)

    def __init__(
        self, data: dict[str, str] | None = None, *, colleagues: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        choices = [("", _("nobody yet")), *colleagues]
        cast("forms.ChoiceField", self.fields["to"]).choices = choices
