"""Who never sees a case: a person of the house, or a body."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import SYSTEM_USER_ID
from agencies.models import Agency, User
from agencies.need_to_know import LiftWhy, RecusalWhy, recused
from casework.models import Case

NOBODY = p_("recusal", "Not chosen")


class RecusalForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(), label=p_("recusal", "A person"), required=False, empty_label=NOBODY
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=p_("recusal", "Or a body"), required=False, empty_label=NOBODY,
        help_text=_("Everybody who works there, for instance a police station."),
    )  # fmt: skip
    why = forms.ChoiceField(label=p_("recusal", "Why"), choices=RecusalWhy.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(pk=SYSTEM_USER_ID)
        bodies = Agency.objects.filter(is_active=True).exclude(pk=case.agency_id)
        offered: dict[str, Any] = {
            "user": people.exclude(recused(User, case.pk)).order_by("display_name"),
            "agency": bodies.exclude(recused(Agency, case.pk)),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if bool(given.get("user")) == bool(given.get("agency")):
            self.add_error(None, _("Name one person or one body."))
        return given


class LiftForm(forms.Form):
    recusal = forms.UUIDField()
    lifted = forms.ChoiceField(choices=LiftWhy.choices)
