"""Forms that the table cannot make: they check shape, never law."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import PlainField, WhenFields, when_of
from protection_orders.codes import BreachKind, FoundBy
from workflow.forms import MoveForm
from workflow.when import Precision

# The prepare page, one question after the other.
PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Who applies"), ("applicant", "proxy_by", "proxy_ground", "victim_will")),
    (_("Against whom, and whom it protects"), ("respondent", "relation", "protects")),
    (_("What is asked for"), ("legal_basis", "requested", "other_request", "urgent")),
    (_("What shows it"), ("evidence",)),
    (_("Which court"), ("jurisdiction", "court", "police_agency", "committee")),
    (_("Papers"), ("service_address", "employer_consent")),
    (_("Recorded afterwards"), ("filed_elsewhere",)),
)


def parts_of(form: MoveForm) -> list[tuple[Any, list[forms.BoundField]]]:
    return [(title, [form[name] for name in names if name in form.fields]) for title, names in PARTS]


class BreachForm(WhenFields):
    """Two times: when he broke it, and when somebody learned of it; the report to the court is counted from the second."""

    kind = forms.ChoiceField(label=_("Kind of breach"), choices=BreachKind.choices, widget=forms.RadioSelect)
    found_by = forms.ChoiceField(label=_("Who found it"), choices=FoundBy.choices, widget=forms.RadioSelect)
    found_on = forms.DateField(
        label=_("Day it became known"), required=False, help_text=_("Leave empty if it is just now."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    found_time = forms.TimeField(
        label=_("Time it became known"), required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip
    account = PlainField(label=_("What happened, what was seen"), max_length=5000, long=True)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    field_order = ("kind", "precision", "on", "at", "found_by", "found_on", "found_time", "account")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["precision"].label = _("When he broke it: how exactly is that known?")

    def found(self) -> Any:
        """None: just now."""
        day, time = self.cleaned_data["found_on"], self.cleaned_data["found_time"]
        return when_of(Precision.INSTANT if time else Precision.DAY, day, time) if day else None


class ExtensionForm(forms.Form):
    wanted = PlainField(
        label=_("Why it must go on"), max_length=5000, long=True, required=True,
        help_text=_("Filled in from the record: check it, add what she says."),
    )  # fmt: skip
    happened_day = forms.DateField(
        label=_("Day it was filed with the court"), required=False, help_text=_("Leave empty if it is today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def filed(self) -> Any:
        day = self.cleaned_data["happened_day"]
        return when_of(Precision.DAY, day, None) if day else None
