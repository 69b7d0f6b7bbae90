"""Shapes of what is typed in a register. What is kept in the clear takes no personal number."""

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Area
from casework.codes import Language
from casework.forms.fields import PhoneField, PlainField, Ticks
from casework.measures.registers import codes as c
from casework.measures.registers.models import Event, Expert, MonthRecord, Unit

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

# A mobile number or the number of an identity card, with or without blanks and dashes in between.
PERSONAL = re.compile(r"(?<!\d)(?:1[3-9](?:[ -]?\d){9}|\d(?:[ -]?\d){16}[\dXx])(?!\d)")
EARLIEST = date(2000, 1, 1)


def no_personal_number(value: Any) -> None:
    if PERSONAL.search(str(value)):
        raise ValidationError(
            p_(
                "register",
                "This is kept in the clear: no mobile number and no ID number of a person belongs here.",
            )
        )


def line(length: int, label: Any, **kwargs: Any) -> PlainField:
    field = PlainField(max_length=length, label=label, **kwargs)
    field.validators.append(no_personal_number)
    return field


class OfficePhone(PhoneField):
    """The telephone of an office; a mobile number is somebody's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=p_("register", "Telephone of the office"), **kwargs)
        self.validators.append(no_personal_number)


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "month", "placeholder": "2026-01"}, format="%Y-%m")
        super().__init__(widget=widget, input_formats=["%Y-%m"], **kwargs)


class EntryForm(_ModelForm):
    """`past`: days that cannot lie ahead."""

    past: ClassVar[tuple[str, ...]] = ()
    sealed: ClassVar[tuple[str, ...]] = ()
    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and not isinstance(field, MonthField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if "area" in self.fields:
            town: Any = self.fields["area"]
            town.queryset = Area.objects.all()
        if self.instance._state.adding:
            del self.fields["off_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.past:
            day = data.get(name)
            if day is not None and not EARLIEST <= day <= timezone.localdate():
                self.add_error(name, p_("register", "This day has not come yet, or lies before 2000."))
        return data

    def columns(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"rev", "key"}}
        return given | {name: given[name] or None for name in self.sealed}


class EventForm(EntryForm):
    past = ("held_on",)
    title = line(80, p_("register", "Title of the event"), required=True)
    partner = line(80, p_("register", "Held together with"))

    class Meta:
        model = Event
        fields = (
            "kind", "topic", "title", "held_on", "area", "audience", "women", "men", "unstated", "hours", "partner", "off_on",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["women"] or data["men"] or data["unstated"]):
            self.add_error(
                "women", p_("register", "Say how many were there; by sex as far as it was counted.")
            )
        return data

    def clean_hours(self) -> int:
        return self.cleaned_data["hours"] or 0


class UnitForm(EntryForm):
    past = ("established_on", "checked_on")
    title = line(80, p_("register", "Name of the unit"), required=True)
    parts = Ticks(c.Part, label=p_("register", "What the mechanism consists of"))
    contact = line(
        60, p_("register", "Office in charge"), help_text=p_("register", "A post or an office, not a person.")
    )
    office_phone = OfficePhone()

    class Meta:
        model = Unit
        fields = (
            "title", "kind", "area", "established_on", "parts", "checked_on", "contact", "office_phone", "off_on",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, off = data.get("established_on"), data.get("off_on")
        if since and not data.get("parts"):
            self.add_error(
                "parts", p_("register", "Tick what the mechanism consists of, or leave its day empty.")
            )
        if since and off and off < since:
            self.add_error(
                "off_on", p_("register", "This lies before the day on which the mechanism was set up.")
            )
        return data


class ExpertForm(EntryForm):
    past = ("agreed_on",)
    sealed = ("mobile", "note")
    name = line(40, p_("register", "Name"), required=True)
    body = line(80, p_("register", "Works at"), required=True)
    licence = PlainField(max_length=40, label=p_("register", "Number of the licence"))
    topics = Ticks(c.Topic, label=p_("register", "Fields"))
    languages = Ticks(Language, label=p_("register", "Languages"))
    office_phone = OfficePhone()
    mobile = PhoneField(
        label=p_("register", "Own number"),
        help_text=p_("register", "Sealed; whoever opens it is written down."),
    )
    note = PlainField(
        max_length=1000, long=True, label=p_("register", "Remark"),
        help_text=p_("register", "Sealed. Nothing about a woman who was helped belongs here."),
    )  # fmt: skip

    class Meta:
        model = Expert
        fields = (
            "name", "kind", "body", "licence", "area", "topics", "languages", "office_phone", "agreed_on", "off_on",
        )  # fmt: skip


class MonthForm(EntryForm):
    past = ("month",)
    month = MonthField(label=p_("register", "Month"))
    shelter = line(
        60,
        p_("register", "Shelter"),
        help_text=p_("register", "Only where several shelters are counted apart."),
    )

    class Meta:
        model = MonthRecord
        fields = (
            "month", "shelter", "beds", "days", "incoming", "answered", "asked", "satisfied", "off_on",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        for part, whole in (("answered", "incoming"), ("satisfied", "asked"), ("days", "beds")):
            self._together(part, whole, data)
        if data["days"] is not None and data["days"] > monthrange(data["month"].year, data["month"].month)[1]:
            self.add_error("days", p_("register", "The month has fewer days."))
        if all(data[name] is None for name in ("beds", "incoming", "asked")):
            self.add_error("beds", p_("register", "Enter at least one number of the month."))
        return data

    def _together(self, part: str, whole: str, data: dict[str, Any]) -> None:
        """Both or neither; the part no more than the whole, but for days, which are no part of beds."""
        if (data[part] is None) != (data[whole] is None):
            empty = part if data[part] is None else whole
            self.add_error(empty, p_("register", "This number and the one beside it go together."))
        elif part != "days" and data[part] is not None and data[part] > data[whole]:
            self.add_error(part, p_("register", "This cannot be more than the number it is a part of."))
