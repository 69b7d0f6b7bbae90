"""Shape of what is decided beside the rounds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Agency, User
from monitor.stored import FIRST_YEAR, LAST_YEAR, NO_LONG_NUMBERS, Decision, Seat


def units(area: str) -> Any:
    return Agency.objects.filter(is_active=True, area=area).order_by("kind", "name")


class UnitsForm(forms.Form):
    """Who answers for a target."""

    leads = forms.ModelChoiceField(Agency.objects.none(), label=p_("responsibility", "Leads"), required=False)
    joins = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=p_("responsibility", "Join"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, area: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("leads", "joins"):
            self.fields[name].queryset = units(area)  # type: ignore[attr-defined]


class ReporterForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Reports"))

    def __init__(self, area: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = units(area)  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    group = forms.ChoiceField(label=p_("group", "Group"), choices=Seat.Group.choices)
    user = forms.ModelChoiceField(User.objects.none(), label=p_("group", "Member"))
    ends_on = forms.DateField(
        label=p_("period", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, area: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            is_active=True, postings__agency__area=area, postings__ends=None
        ).distinct()
        self.fields["user"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("group") == Seat.Group.THIRD_PARTY and not given.get("ends_on"):
            self.add_error("ends_on", _("A third-party evaluator is let in until a day."))
        return given


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(label=p_("decision", "What is decided"), choices=Decision.Kind.choices)
    number = forms.DecimalField(label=p_("decision", "Number"), max_digits=18, decimal_places=6)
    year = forms.IntegerField(
        label=p_("decision", "Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        help_text=_("Of a baseline or a milestone."),
    )  # fmt: skip
    source = forms.CharField(
        label=p_("decision", "Where it is written"), max_length=80, validators=[NO_LONG_NUMBERS]
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") in (Decision.Kind.BASELINE, Decision.Kind.MILESTONE) and not given.get("year"):
            self.add_error("year", _("Say of which year."))
        return given
