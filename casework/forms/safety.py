"""Forms for the safety plan and the safe contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.forms.fields import PhoneField, PlainField, Ticks
from casework.models import SafeContact
from casework.models.safety import Step

DAYS = [
    (0, p_("weekday", "Mon")), (1, p_("weekday", "Tue")), (2, p_("weekday", "Wed")), (3, p_("weekday", "Thu")),
    (4, p_("weekday", "Fri")), (5, p_("weekday", "Sat")), (6, p_("weekday", "Sun")),
]  # fmt: skip
SLOTS = (1, 2, 3)


class SafetyPlanForm(forms.Form):
    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    steps = Ticks(Step, label=_("Settled points"))
    text = PlainField(
        label=_("The plan"),
        max_length=8000,
        long=True,
        help_text=_("What she does, where she goes, whom she calls."),
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SafeContactForm(forms.Form):
    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    phone = PhoneField(label=_("Safe number"))
    never_call = forms.BooleanField(label=_("Never call"), required=False)
    cover_identity = PlainField(label=_("Who we say we are"), max_length=60)
    code_word = PlainField(label=_("Code word"), max_length=30)
    may_name_federation = forms.BooleanField(label=_("We may say that we are the federation"), required=False)
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    may_text = forms.BooleanField(label=_("A text message may be sent"), required=False)
    note = PlainField(label=_("What else to mind"), max_length=1000, long=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot in SLOTS:
            self.fields[f"days_{slot}"] = forms.TypedMultipleChoiceField(
                label=_("Days"), choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
            )
            for end, label in (("from", p_("hours", "From")), ("to", p_("hours", "To"))):
                self.fields[f"{end}_{slot}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def slots(self) -> list[dict[str, forms.BoundField]]:
        return [{end: self[f"{end}_{slot}"] for end in ("days", "from", "to")} for slot in SLOTS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["hours"] = [row for slot in SLOTS if (row := self._slot(data, slot))]
        return data

    def _slot(self, data: dict[str, Any], slot: int) -> dict[str, Any] | None:
        days, start, end = (data.get(f"{name}_{slot}") for name in ("days", "from", "to"))
        if not days and start is None and end is None:
            return None
        if not days:
            self.add_error(f"days_{slot}", _("Tick the days of these hours."))
        if start is None or end is None:
            self.add_error(f"from_{slot}", _("Give the beginning and the end of these hours."))
        elif start == end:
            self.add_error(f"to_{slot}", _("The end must differ from the beginning."))
        if self.errors:
            return None
        return {"days": days, "from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}

    def columns(self) -> dict[str, Any]:
        names = {field.name for field in SafeContact._meta.fields}
        return {name: value for name, value in self.cleaned_data.items() if name in names and name != "rev"}


def hours_as_initial(hours: list[dict[str, Any]]) -> dict[str, Any]:
    """The stored table, spread over the slots of the form."""
    found: dict[str, Any] = {}
    for slot, row in zip(SLOTS, hours, strict=False):
        found |= {f"days_{slot}": row["days"], f"from_{slot}": row["from"], f"to_{slot}": row["to"]}
    return found
