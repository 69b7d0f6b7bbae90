"""Forms for the people of a case."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.codes import Flag, Language, Relation, Role, Sex
from casework.forms.fields import IdField, NameField, PhoneField, PlainField, Ticks, YesNo

RELATIONS = [("", "—"), *Relation.choices]


class PersonForm(forms.Form):
    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    relation_to_victim = forms.ChoiceField(
        label=_("Relation to the victim"), choices=RELATIONS, required=False
    )
    name = NameField(label=_("Name"), help_text=_("Leave empty if it is not known or not to be told."))
    phone = PhoneField(label=_("Phone"))
    id_number = IdField(label=_("ID number"))
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.UNKNOWN
    )
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    age = forms.IntegerField(
        label=_("Age"), required=False, help_text=_("If the year of birth is not known.")
    )
    flags = Ticks(Flag, label=_("Circumstances"))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.CHINESE)
    lives_with_victim = YesNo(label=_("Lives with the victim"))
    address = PlainField(
        label=_("Current address"), max_length=200, help_text=_("Never printed on any paper.")
    )
    work = PlainField(label=_("Work"), max_length=100)
    note = PlainField(label=_("Remark"), max_length=2000, long=True)

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("A year of birth lies between 1900 and this year."))
        return year

    def clean_age(self) -> int | None:
        age: int | None = self.cleaned_data["age"]
        if age is not None and not 0 <= age <= 125:
            raise forms.ValidationError(_("An age lies between 0 and 125."))
        return age

    def fields_of_person(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "rev"}


class ReporterForm(forms.Form):
    name = NameField(label=_("Name"))
    phone = PhoneField(label=_("Phone"))
    relation_to_victim = forms.ChoiceField(
        label=_("Relation to the victim"), choices=RELATIONS, required=False
    )
    body = forms.BooleanField(label=_("Reports for a body that must report"), required=False)
    keep_secret = forms.BooleanField(label=_("Wants to stay unknown"), required=False, initial=True)
    note = PlainField(label=_("Remark"), max_length=2000, long=True)
