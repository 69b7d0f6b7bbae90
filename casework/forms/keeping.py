"""Asking for shredding, and what a duty leader decides over a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.file_marks import MarkKind, MarkWhy
from casework.models import Case, Person
from casework.shredding import DueWhy


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        """By role and what is coded; a name would open her data for a list."""
        words = [obj.get_role_display(), obj.get_sex_display(), *([str(obj.age)] if obj.age else [])]
        return " · ".join(str(word) for word in words)


class ShredForm(forms.Form):
    person = PersonChoice(
        Person.objects.none(), label=p_("shredding", "What"), required=False, empty_label=p_("shredding", "The whole case"),
        help_text=_("Of one person: name, numbers, address, remarks and talks are emptied. What others told of them stays."),
    )  # fmt: skip
    why = forms.ChoiceField(label=p_("shredding", "Reason"), choices=DueWhy.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = case.persons.all()  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    why = forms.ChoiceField(
        label=p_("file mark", "Reason"),
        choices=[choice for choice in MarkWhy.choices if choice[0] != MarkWhy.DUE],
    )


class MarkForm(HoldForm):
    kind = forms.ChoiceField(
        label=p_("file mark", "What to do"), widget=forms.RadioSelect,
        choices=[choice for choice in MarkKind.choices if choice[0] != MarkKind.SHREDDED],
    )  # fmt: skip
    field_order = ("kind", "why")
