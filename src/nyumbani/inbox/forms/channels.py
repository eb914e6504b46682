"""What administrators fill in about our own accounts; a kept secret is never shown again."""

import secrets as chance
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nyumbani.inbox.channels.connecting import Secret
from nyumbani.inbox.channels.registry import Channel

_LONGEST = 2000  # characters of a secret


class SecretsForm(forms.Form):
    """The secrets of one account; what is left empty stays as it is."""

    is_new = False

    def __init__(self, data: Any = None, *, channel: Channel) -> None:  # noqa: ANN401
        super().__init__(data)
        self.channel = channel
        for wanted in channel.setup.secrets:
            self.fields[f"secret_{wanted.name}"] = self._field(wanted)

    @property
    def rows(self) -> list[forms.BoundField]:
        """The secrets' fields in order."""
        return [self[f"secret_{wanted.name}"] for wanted in self.channel.setup.secrets]

    def clean(self) -> dict[str, Any]:
        """Each secret must be one that its platform could have given."""
        given = super().clean() or {}
        for wanted in self.channel.setup.secrets:
            value = given.get(f"secret_{wanted.name}", "")
            if value and not wanted.fits(value):
                self.add_error(f"secret_{wanted.name}", gettext(wanted.otherwise))
        return given

    def given(self) -> tuple[dict[str, str], dict[str, str]]:
        """All that was filled in or is made now, by name; and what was made."""
        given: dict[str, str] = {}
        made: dict[str, str] = {}
        for wanted in self.channel.setup.secrets:
            value = self.cleaned_data[f"secret_{wanted.name}"]
            if not value and self.is_new and wanted.is_made:
                value = made[wanted.name] = chance.token_urlsafe(24)
            if value or self.is_new:
                given[wanted.name] = value
        return given, made

    def _field(self, wanted: Secret) -> forms.CharField:
        hint = gettext("Leave it empty: one is made and shown once.") if wanted.is_made else ""
        if not self.is_new:
            hint = gettext("Leave it empty to keep what is there.")
        return forms.CharField(
            label=gettext(wanted.question),
            help_text=hint,
            required=self.is_new and not (wanted.is_made or wanted.is_optional),
            max_length=_LONGEST,
            # Never filled in again by the page, not even when something is to be corrected.
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )


class ConnectForm(SecretsForm):
    """A new account of ours."""

    is_new = True
    account = forms.CharField(label=_("Account"), max_length=64)
    label = forms.CharField(label=_("What colleagues call it"), max_length=64)

    def __init__(self, data: Any = None, *, channel: Channel) -> None:  # noqa: ANN401
        super().__init__(data, channel=channel)
        self.fields["account"].help_text = gettext(channel.setup.account)

    def clean_account(self) -> str:
        """It must be one that this platform could have."""
        account = cast("str", self.cleaned_data["account"])
        if not self.channel.setup.is_account(account):
            raise forms.ValidationError(gettext(self.channel.setup.account))
        return account


class TestForm(forms.Form):
    """Where a test goes."""

    to = forms.CharField(label=_("Number or address of the office's own"), max_length=254)
