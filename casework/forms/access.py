"""Why a minor's data must be read."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.forms.fields import PlainField
from casework.minor_access import Why


class AccessForm(forms.Form):
    why = forms.ChoiceField(
        label=p_("minor access", "What for"), choices=Why.choices, widget=forms.RadioSelect
    )
    reason = PlainField(label=p_("minor access", "Why now"), max_length=1000, long=True)

    def clean(self) -> None:
        super().clean()
        if "emergency" in self.data and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a few words what is happening: the duty leader reads it now."))
