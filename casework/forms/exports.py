"""What to export, how much of the persons, and what for."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from casework.exports.sources import sources_for
from casework.exports.workflow import Form, People
from casework.forms.fields import PlainField


class ExportForm(forms.Form):
    source = forms.ChoiceField(label=p_("export", "What"), widget=forms.RadioSelect)
    people = forms.ChoiceField(
        label=p_("export", "Persons"), choices=People.choices, widget=forms.RadioSelect, initial=People.NONE, required=False,
        help_text=_("For the list of cases only. Minors are never named in an export."),
    )  # fmt: skip
    year = forms.TypedChoiceField(label=p_("export", "Year"), coerce=int, empty_value=None, required=False)
    form = forms.ChoiceField(label=p_("export", "Kind of file"), choices=Form.choices, initial=Form.XLSX)
    reason = PlainField(
        label=p_("export", "What it is needed for"), max_length=1000, long=True, required=True
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields, today = cast(Any, self.fields), timezone.localdate().year
        fields["source"].choices = [(one.key, one.label) for one in sources_for(actor)]
        years = ((str(year), str(year)) for year in range(today, today - 10, -1))
        fields["year"].choices = [("", p_("export", "All years")), *years]

    def clean_people(self) -> str:
        return self.cleaned_data["people"] or People.NONE
