"""Which case, why, and what is happening."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.break_glass import GlassWhy
from casework.forms.fields import PlainField


class GlassForm(forms.Form):
    reference = PlainField(label=_("Reference of the case"), max_length=12, required=True)
    why = forms.ChoiceField(
        label=p_("break glass", "Why"), choices=GlassWhy.choices, widget=forms.RadioSelect
    )
    reason = PlainField(
        label=p_("break glass", "What is happening"), max_length=1000, long=True, required=True,
        help_text=_("The duty leader and the responsible caseworker read it now."),
    )  # fmt: skip
