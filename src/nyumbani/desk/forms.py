"""What staff fill in on the pages of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import LONGEST, Once, UrgencyForm
from nyumbani.cases.terms import Matter, Urgency
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


class JumpForm(forms.Form):
    """Where to go: a case, a person, a telephone number, a name."""

    q = forms.CharField(
        label=_("Case number, name or telephone number"),
        max_length=120,
        help_text=_("Such as NYB-7, P-12 or +218 91 000 00 01."),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
