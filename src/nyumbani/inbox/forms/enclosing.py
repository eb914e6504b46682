"""What staff fill in to send a file: the file, words beside it, and why against her rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nyumbani.cases.forms import Once
from nyumbani.inbox.queries.wording import Warned
from nyumbani.kit.uploads import NO_ROOM, TOO_LARGE
from nyumbani.kit.wrapping import NotWrapped

REFUSALS: dict[str, Any] = {
    # The door says so of what comes, and a cell of what would unfold.
    TOO_LARGE: _(
        "The file is larger than 16 MB, or would be when it is drawn. Send a smaller one, or a "
        "picture of what matters."
    ),
    NO_ROOM: _("There is no room for this file now. Try later."),
    NotWrapped.EMPTY: _("The file is empty. Choose another one."),
    NotWrapped.OTHER_KIND: _(
        "Files of this kind are not sent. Send a picture (JPEG, PNG, WebP, GIF), a PDF, or sound "
        "(Ogg/Opus, MP3, M4A)."
    ),
    NotWrapped.NOT_AS_SAID: _(
        "The name of the file says one thing, what is in it another. Look where it comes from."
    ),
    NotWrapped.ACTIVE: _("This file could run something on her telephone. It is not sent."),
    NotWrapped.TWO_KINDS: _("Something else is hidden in this file. It is not sent."),
    NotWrapped.LOCKED: _("This PDF opens with a password alone. Send one without."),
    NotWrapped.TOO_LONG: _("This PDF has more than 30 pages. Send those that matter."),
    NotWrapped.BROKEN: _("This file cannot be read whole. Send a picture of what matters."),
    NotWrapped.STOPPED: _("This took too long to look through. Send a smaller one."),
}
"""Why a file does not leave, and what to do about it."""


class SendFileForm(Once):
    """A file to somebody in distress; words may stand beside it."""

    file = forms.FileField(
        label=_("Picture, PDF or sound"),
        help_text=_("Up to 16 MB."),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,application/pdf,audio/*"}
        ),
        allow_empty_file=True,
    )
    # Not stripped here: what cannot be sent must come back as it was typed.
    text = forms.CharField(
        label=_("Words beside it"), required=False, strip=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    override = forms.CharField(
        label=_("Why it must leave now, against what was agreed with her"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    # The mark of what was warned of: other words than those are warned of anew.
    words_anyway = forms.CharField(required=False, max_length=64)
    warned: Warned | None = None  # what the lint found in the words

    def __init__(
        self, *args: Any, may_override: bool, refused: str = "", **more: Any  # noqa: ANN401
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.fields["file"].error_messages["required"] = REFUSALS.get(
            refused, _("Choose a file first.")
        )
        if not may_override:
            del self.fields["override"]
        self.order_fields(["file", "text", "override"])

    @property
    def rows(self) -> list[forms.BoundField]:
        """What is filled in."""
        return [one for one in self.visible_fields() if one.name != "words_anyway"]
