"""Shapes of what is typed on the pages of this room."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.kinds import Role, roles_in
from agencies.models import Agency, FactorReset, Posting, User
from agencies.networks import parsed
from agencies.provider.tokens import LONGEST
from agencies.usernames import MAX_LENGTH, normalise_username
from agencies.validators import MAX_PASSWORD

if TYPE_CHECKING:
    _UserModelForm = forms.ModelForm[User]
    _AgencyModelForm = forms.ModelForm[Agency]
else:
    _UserModelForm = _AgencyModelForm = forms.ModelForm


def _password(label: Any, autocomplete: str) -> forms.CharField:
    # No max_length: a password that is too long is simply a wrong one, and never hashed.
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Username"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = _password(_("Password"), "current-password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"])[: MAX_LENGTH * 4]


class PasswordForm(forms.Form):
    """One's own new password."""

    old = _password(_("Present password"), "current-password")
    new = _password(_("New password"), "new-password")
    again = _password(_("New password once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        if len(new) > MAX_PASSWORD:
            raise forms.ValidationError(_("The password is longer than 256 characters."))
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "new" in data and data["new"] != data.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        if "new" in data and data["new"] == data.get("old"):
            self.add_error("new", _("This is the present password. Choose another one."))
        return data

    def refuse_old(self, wait: int) -> None:
        if wait:
            self.add_error("old", _("Too many tries. Wait %(wait)s seconds.") % {"wait": wait})
        else:
            self.add_error("old", _("This is not your present password."))


class UserForm(_UserModelForm):
    class Meta:
        model = User
        fields: ClassVar = ["username", "display_name"]
        help_texts: ClassVar = {"username": _("Small letters and digits. Cannot be changed later.")}

    def clean_username(self) -> str:
        username = normalise_username(self.cleaned_data["username"])
        if not username:
            raise forms.ValidationError(_("Enter a name that has letters or digits."))
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("This username is taken."))
        return username


class PostingForm(forms.Form):
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agency"), empty_label=_("Choose an agency")
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("posting", "Role"),
        choices=[(role.value, role.label) for role in Role if role != Role.SYSTEM],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agency = data.get("agency")
        if agency and data.get("role") and data["role"] not in roles_in(agency.kind):
            self.add_error("role", _("Nobody holds this role in an agency of this kind."))
        return data

    def is_held_by(self, user: User) -> bool:
        """Whether the user holds exactly this posting already."""
        wanted = {name: self.cleaned_data[name] for name in ("agency", "role")}
        return Posting.objects.filter(user=user, ends=None, **wanted).exists()


class AgencyForm(_AgencyModelForm):
    class Meta:
        model = Agency
        fields: ClassVar = ["kind", "name", "short_name", "area", "parent", "escalates_to", "is_active"]
        help_texts: ClassVar = {
            "escalates_to": _("Who is told when this agency's own leader has not acted in time."),
            "is_active": _("People of an agency that is not in use cannot sign in."),
        }


class CalledForm(forms.Form):
    """What one's own key or telephone is called."""

    name = forms.CharField(
        label=_("What it is called"),
        max_length=40,
        help_text=_("So that you recognise it later, for instance: my telephone, key on my keyring."),
    )


class ResetForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=FactorReset.Reason.choices)


class SubjectForm(forms.Form):
    subject = forms.CharField(
        label=_("Identifier at the identity platform"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text=_(
            "The person is shown it after signing in there. It is kept as a code that cannot be read back."
        ),
    )


class NetworksForm(forms.Form):
    networks = forms.CharField(
        label=_("Networks, one per line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_("As your network office writes them, for instance 10.12.0.0/16. Empty: from anywhere."),
    )

    def clean_networks(self) -> list[str]:
        try:
            return parsed(str(self.cleaned_data["networks"]))
        except ValueError as error:
            text = _("This is no network: %(line)s") % {"line": str(error)}
            raise forms.ValidationError(text) from None
