"""The pages of the report: one thing at a time, little required, every name optional."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Area
from casework.codes import Relation, Sex
from casework.forms.fields import NameField, PhoneField, PlainField, Ticks
from casework.measures.mandatory_report.codes import Duty, FoundHow, Situation, Unable, Unit
from casework.measures.mandatory_report.needs import inability_named, situation_named

YES_NO = (("yes", p_("answer", "Yes")), ("no", p_("answer", "No")))
RELATIONS = [("", "—"), *Relation.choices]
WHY_UNABLE, WHICH = inability_named.why, situation_named.why


class Page(forms.Form):
    """One page. `heading` is what it asks."""

    heading: Any = ""


class WhomPage(Page):
    heading = _("Whom is it about?")

    duty = forms.ChoiceField(
        label=_("Who was harmed"), choices=Duty.choices, widget=forms.RadioSelect,
        help_text=_("For any other adult who is being hurt, telephone 12338: she decides what happens."),
    )  # fmt: skip
    unable_reasons = Ticks(
        Unable, label=_("If it is an adult who cannot report: why"),
        help_text=_("Only for the third choice above."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("duty") == Duty.UNABLE and not data.get("unable_reasons"):
            self.add_error(
                "unable_reasons",
                _("Say why this adult cannot report: age, disability, serious illness, force or threats."),
            )
        return data


class WhatPage(Page):
    heading = _("What happened?")

    situations = Ticks(
        Situation, label=_("Which of these fits? (for a minor, at least one)"), help_text=_("A suspicion is enough."),
    )  # fmt: skip
    account = PlainField(
        label=_("What was seen or heard"), max_length=4000, long=True, required=True,
        help_text=_("A few sentences are enough. Do not write your own name here: it is asked for apart and kept apart."),
    )  # fmt: skip
    injury = PlainField(label=_("Injuries seen"), max_length=2000, long=True)
    materials = PlainField(
        label=_("Photos, records and other material at hand"), max_length=2000, long=True,
        help_text=_("Only say what there is. Keep it; the police will ask for it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.data.get("duty") == Duty.MINOR and not data.get("situations"):
            self.add_error(
                "situations", _("Tick at least one of the nine situations. A suspicion is enough.")
            )
        return data


class WherePage(Page):
    heading = _("When and where?")

    found_on = forms.DateField(
        label=_("Day on which you found out"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    found_at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Leave empty if only the day is known."),
    )  # fmt: skip
    found_how = forms.ChoiceField(
        label=_("How it was found"), choices=[("", "—"), *FoundHow.choices], required=False
    )
    area = forms.ModelChoiceField(
        label=_("Town"), queryset=Area.objects.none(), required=False, empty_label=_("I do not know"),
    )  # fmt: skip
    place = PlainField(
        label=_("Where"),
        max_length=200,
        help_text=_("Address, school, room, or whatever helps to find the place."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(parts=None)  # type: ignore[attr-defined]
        self.fields["found_on"].initial = timezone.localdate

    def clean_found_on(self) -> Any:
        day = self.cleaned_data["found_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        if day.year < 1990:
            raise forms.ValidationError(_("Check the year: this is long ago."))
        return day


class PeoplePage(Page):
    heading = _("Who is it? Leave empty what you do not know.")

    victim_name = NameField(label=_("Name of the person harmed"))
    victim_age = forms.IntegerField(label=_("Age, about"), required=False)
    victim_sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.UNKNOWN, required=False
    )  # fmt: skip
    victim_phone = PhoneField(
        label=_("Phone of the person harmed"), help_text=_("We never call it before we know that it is safe.")
    )
    suspect_name = NameField(label=_("Name of the person who may have done it"))
    suspect_relation = forms.ChoiceField(
        label=_("What is this person to the one harmed?"), choices=RELATIONS, required=False
    )  # fmt: skip

    def clean_victim_age(self) -> int | None:
        age: int | None = self.cleaned_data["victim_age"]
        if age is not None and not 0 <= age <= 125:
            raise forms.ValidationError(_("An age lies between 0 and 125."))
        return age


class ToldPage(Page):
    heading = _("Have the police been told?")

    told_police = forms.ChoiceField(
        label=_("Have you told the police already?"), choices=YES_NO, widget=forms.RadioSelect,
        help_text=_("If not, and if there is danger, telephone 110 now."),
    )  # fmt: skip


class YouPage(ToldPage):
    heading = _("Who are you?")

    unit = forms.ChoiceField(
        label=_("Where do you work, or in what role did you find it?"), widget=forms.RadioSelect,
        choices=[choice for choice in Unit.choices if choice[0] != Unit.FEDERATION],
    )  # fmt: skip
    unit_name = PlainField(label=_("Name of your school, hospital, committee ..."), max_length=100)
    reporter_name = NameField(
        label=_("Your name"),
        help_text=_("Kept apart under a key of its own. Police, court and the people of the file do not see it."),
    )  # fmt: skip
    reporter_phone = PhoneField(
        label=_("Your phone"), help_text=_("Only for questions, and to tell you what came of it.")
    )

    field_order = ("unit", "unit_name", "reporter_name", "reporter_phone", "told_police")


PUBLIC = (WhomPage, WhatPage, WherePage, PeoplePage, YouPage)
SIGNED_IN = (WhomPage, WhatPage, WherePage, PeoplePage, ToldPage)


class QueryForm(forms.Form):
    receipt = PlainField(label=_("Receipt number"), max_length=20, required=True)
    code = PlainField(
        label=_("Query code"),
        max_length=20,
        required=True,
        help_text=_("Shown once, when the report was sent."),
    )
