"""What staff fill in on the pages of this room."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import LONGEST, Once, UrgencyForm
from nyumbani.cases.terms import Matter, Part, Urgency
from nyumbani.inbox.terms import Order, Show
from nyumbani.workflows.intake import FirstWord


class TakeUpForm(Once, UrgencyForm):
    """What the reader of a first message understood from it."""

    about = forms.ChoiceField(
        label=_("Who is in distress?"),
        choices=[
            ("other", _("Somebody else, of whom the writer tells")),
            ("self", _("The writer herself")),
        ],
        widget=forms.RadioSelect,
    )
    called = forms.CharField(
        label=_("What is the person in distress called?"),
        required=False,
        max_length=120,
        help_text=_("Only if it is somebody else and the message says so."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    matter = forms.TypedChoiceField(
        label=_("What is alleged?"), choices=Matter.choices, coerce=Matter
    )
    alleged = forms.CharField(
        label=_("In the writer's words"),
        required=False,
        max_length=LONGEST,
        help_text=_("Cut what does not belong. It stays alleged until somebody establishes it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    title = forms.CharField(
        label=_("Title of the case"),
        max_length=120,
        help_text=_("It stands in lists, so leave names and numbers out."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    another = forms.BooleanField(
        label=_("This is another matter: open a second case"), required=False
    )
    field_order = [
        "about", "called", "matter", "alleged", "urgency", "urgency_why", "title", "another",
        "once",
    ]  # fmt: skip

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - what Django's forms take
        *,
        said: str,
        title: str,
        inside: str,
    ) -> None:
        start = {"alleged": said, "title": title, "urgency": Urgency.UNKNOWN}
        super().__init__(data, initial=start)
        self.inside = inside  # the writer's open cases, in words; empty: none
        self._another = self.fields["another"]
        if not inside:
            del self.fields["another"]

    def clean(self) -> dict[str, Any]:
        """A title holds no name, and a second case is opened only knowingly."""
        given = super().clean()
        if self.inside and not given.get("another"):
            self.ask_whether_another()
        called = given.get("called", "").strip().casefold()
        if called and called in given.get("title", "").casefold():
            self.add_error("title", _("The title stands in lists: leave her name out of it."))
        return given

    def ask_whether_another(self) -> None:
        """Ask once more: the writer is in a case of the reader's, perhaps since a moment ago."""
        self.fields["another"] = self._another
        self.order_fields(self.field_order)
        self.add_error("another", _("The writer is in a case already. Is this another matter?"))

    def first_word(self) -> FirstWord:
        """What was understood, for the case to be opened from."""
        given = self.cleaned_data
        return FirstWord(
            title=given["title"],
            about_somebody_else=given["about"] == "other",
            called=given["called"] if given["about"] == "other" else "",
            matter=Matter(given["matter"]),
            alleged=given["alleged"],
            urgency=Urgency(given["urgency"]),
            urgency_why=given["urgency_why"],
        )


class IntoCaseForm(forms.Form):
    """Into which case somebody comes who wrote by herself, and as what."""

    case = forms.ChoiceField(label=_("Case"))
    part = forms.TypedChoiceField(
        label=_("Her part in the case"), choices=Part.choices, coerce=Part,
        initial=Part.IN_DISTRESS,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, cases: list[tuple[str, str]]) -> None:  # noqa: ANN401
        super().__init__(data)
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # nosec B101 - as written above
        field.choices = cases


class JumpForm(forms.Form):
    """Where to go: a case, a person, a telephone number, a name."""

    q = forms.CharField(
        label=_("Case number, name or telephone number"),
        max_length=120,
        help_text=_("Such as NYB-7, P-12 or +218 91 000 00 01."),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )


class FindForm(forms.Form):
    """Words to look for in what was written."""

    q = forms.CharField(
        label=_("Words to look for"),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto", "type": "search"}),
    )
    cursor = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    done = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_done(self) -> int:
        """How many conversations were looked through before."""
        return self.cleaned_data["done"] or 0


class ViewForm(forms.Form):
    """What the list of conversations shows; with a name it is kept."""

    show = forms.ChoiceField(label=_("Conversations"), choices=Show.choices)
    order = forms.ChoiceField(label=_("In which order"), choices=Order.choices, required=False)
    label = forms.ChoiceField(label=_("Label"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    language = forms.ChoiceField(label=_("She speaks"), required=False)
    answers = forms.ChoiceField(label=_("Who answers"), required=False)
    name = forms.CharField(
        label=_("Keep it under this name"),
        help_text=_("No name of anybody: a shared view is read by the whole house."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_default = forms.BooleanField(label=_("My inbox opens with it"), required=False)
    is_shared = forms.BooleanField(label=_("Share it with the house"), required=False)

    def __init__(
        self, data: Any = None, *, offered: Mapping[str, Sequence[tuple[str, str]]],  # noqa: ANN401
        **more: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(data, **more)
        for name, choices in offered.items():
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = [("", _("any")), *choices]
