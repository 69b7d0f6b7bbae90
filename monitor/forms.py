"""Shape of what is decided beside the rounds."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Agency, User
from monitor.dictionary import dictionary
from monitor.held import PlanReference
from monitor.lives import EarlyWarning
from monitor.stored import FIRST_YEAR, LAST_YEAR, NO_LONG_NUMBERS, Decision, Means, Occasion, Seat


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


class OccasionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Occasion
        fields = ("kind", "held_on", "decisions", "about", "received_on")
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}),
            "received_on": forms.DateInput(attrs={"type": "date"}),
            "decisions": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, warnings: Any = None, **kwargs: Any) -> None:
        """`warnings`: the early warnings a meeting may have been about."""
        super().__init__(*args, **kwargs)
        self.fields["about"] = forms.ModelChoiceField(
            EarlyWarning.objects.none() if warnings is None else warnings,
            label=p_("occasion", "Early warning it was about"), required=False,
        )  # fmt: skip

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Enter it once it has been held."))
        return day


class ReferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PlanReference
        fields = ("document", "place", "dated_on")
        widgets = {"dated_on": forms.DateInput(attrs={"type": "date"})}


class MeansForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Means
        fields = ("year", "target", "planned", "spent", "staff")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = ("", p_("means", "The plan as a whole"))
        choices = [whole, *((one.id, f"{one.id} {one.name}") for one in dictionary().targets.values())]
        self.fields["target"] = forms.ChoiceField(
            label=p_("means", "Target"), choices=choices, required=False
        )
        for name in ("planned", "spent", "staff"):
            self.fields[name].min_value = 0  # type: ignore[attr-defined]
            self.fields[name].validators.append(MinValueValidator(0))
