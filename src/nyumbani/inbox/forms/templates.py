"""What staff fill in for the template library, and for sending one of its templates."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import Once
from nyumbani.domain.templates import LONGEST, blanks
from nyumbani.inbox.queries.library import Words
from nyumbani.inbox.queries.wording import Warned
from nyumbani.inbox.terms import TemplateCategory


class WordsForm(forms.Form):
    """A template in one language."""

    language = forms.CharField(
        label=_("Language"),
        help_text=_("The platform's code, such as sw, en, ar or fr."),
        max_length=12,
    )
    body = forms.CharField(
        label=_("Words"),
        help_text=_("Blanks are written {{1}}, {{2}} and so on; none stands first or last."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    examples = forms.CharField(
        label=_("An example for each blank"),
        help_text=_("One a line, all invented: the platform's reviewers read them."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    override = forms.CharField(
        label=_("Why these words stand all the same"),
        help_text=_("Only if something in them was found unsafe; a coordinator or director says."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, words: Words | None = None, **more: Any) -> None:  # noqa: ANN401
        if words is not None:
            more["initial"] = {
                "language": words.language, "body": words.body,
                "examples": "\n".join(map(str, words.examples)), "override": words.override_why,
            }  # fmt: skip
        super().__init__(data, **more)
        if words is not None:
            del self.fields["language"]

    @property
    def given_examples(self) -> list[str]:
        """One a line."""
        return [one.strip() for one in self.cleaned_data["examples"].splitlines() if one.strip()]


class TemplateForm(WordsForm):
    """A new template with its first words."""

    account = forms.ChoiceField(label=_("Number"))
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Small letters, digits and _; it tells nothing of what we do or to whom."),
        max_length=512,
    )
    category = forms.TypedChoiceField(
        label=_("Category"),
        help_text=_("The platform may sort it otherwise."),
        choices=TemplateCategory.choices,
        coerce=TemplateCategory,
    )
    field_order = ["account", "name", "category", "language", "body", "examples", "override"]

    def __init__(self, data: Any = None, *, accounts: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["account"]).choices = list(accounts)


class AccountForm(forms.Form):
    """What the platform says of a number, where it tells nobody but whoever looks there."""

    business = forms.RegexField(
        r"\A[0-9]{1,64}\Z",
        label=_("Business account"),
        help_text=_("Its id on the platform, digits only: templates belong to it."),
        required=False,
    )
    people_a_day = forms.IntegerField(
        label=_("People a day"),
        help_text=_("How many people the platform lets us first write to; empty: no limit."),
        required=False,
        min_value=1,
        max_value=10_000_000,
    )
    is_shared = forms.BooleanField(
        label=_("The number is also used on our own phone"), required=False
    )


class FilledForm(Once):
    """What stands in the blanks of a template that goes to somebody."""

    override = forms.CharField(
        label=_("Why it must leave now, against what was agreed with her"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    # The mark of what was warned of: other words than those are warned of anew.
    words_anyway = forms.CharField(required=False, max_length=64)
    warned: Warned | None = None  # what the lint found in the words as they would leave

    def __init__(self, data: Any = None, *, words: Words, may_override: bool) -> None:  # noqa: ANN401
        super().__init__(data)
        self._wanted = _wanted(words)
        for number, example in self._wanted:
            self.fields[f"value_{number}"] = forms.CharField(
                label=_("For {{%(number)s}}") % {"number": number},
                help_text=_("Such as: %(example)s") % {"example": example} if example else "",
                max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}),
            )  # fmt: skip
        if not may_override:
            del self.fields["override"]
        self.order_fields([*(f"value_{number}" for number, _example in self._wanted), "override"])

    @property
    def rows(self) -> list[forms.BoundField]:
        """What is filled in."""
        return [one for one in self.visible_fields() if one.name != "words_anyway"]

    @property
    def values(self) -> Sequence[str]:
        """In the order of the blanks."""
        return [str(self.cleaned_data[f"value_{number}"]) for number, _example in self._wanted]


def _wanted(words: Words) -> list[tuple[int, str]]:
    """The blanks to fill: their number, and the example given for each."""
    examples = [*words.examples, *[""] * blanks(words.body)]
    return [(number, str(examples[number - 1])) for number in range(1, blanks(words.body) + 1)]
