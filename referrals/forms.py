"""What the table cannot make: the code of a partner without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=40,
        help_text=_("Ten letters and digits from the hand-over form, or as told to you. Blanks and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def refuse(self) -> None:
        self.add_error(
            "code",
            _(
                "This code opens nothing. It may be mistyped, used already, or too old. Ask the sender for a new one."
            ),
        )
