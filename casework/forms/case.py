"""Forms for the case itself: taking it in, its coded facts, who is responsible, search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role as Post
from agencies.models import Area, User
from agencies.need_to_know import recused
from casework.codes import Channel, Flag, Form, Language, Matter, Relation, Wish
from casework.forms.fields import NameField, PhoneField, PlainField, Ticks
from casework.models import Case


class CaseForm(forms.Form):
    """The coded facts and the three texts the federation's procedure asks for (GC18 7, 8)."""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("How it came to us"), choices=Channel.choices, initial=Channel.WALK_IN
    )
    matter = forms.ChoiceField(label=_("Matter"), choices=Matter.choices)
    relation = forms.ChoiceField(
        label=_("Relation of the perpetrator to the victim"),
        choices=Relation.choices,
        initial=Relation.NOT_STATED,
    )
    forms_ = Ticks(Form, label=_("Forms of violence"))
    harms = forms.MultipleChoiceField(
        label=_("Harm done, beyond the forms of violence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    flags = Ticks(Flag, label=_("Circumstances"))
    wishes = Ticks(Wish, label=_("What she asks for"))
    area = forms.ModelChoiceField(Area.objects.all(), label=_("Town"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.CHINESE)
    cause = PlainField(label=_("Cause"), max_length=4000, long=True)
    wish = PlainField(label=_("Her own wish"), max_length=2000, long=True, help_text=_("In her own words."))
    result = PlainField(label=_("Result"), max_length=4000, long=True)
    named_petition = forms.BooleanField(
        label=_("A named, direct petition"), required=False,
        help_text=_("Only if she gave name and address and the matter has no legal route: a written answer is due in 15 days."),
    )  # fmt: skip
    legal_route = forms.BooleanField(label=_("Has to take a legal route"), required=False, initial=True)

    def for_case(self, case: Case) -> "CaseForm":
        """A case that stands keeps its type; changing that is a step with a reason. Its harms are those of the type,
        and the forms that are usual there come first."""
        del self.fields["matter"]
        self.fields["forms_"].choices = sorted(Form.choices, key=lambda row: row[0] not in case.type.forms)  # type: ignore[attr-defined]
        harms = [(harm.key, str(harm.words)) for harm in case.type.harms]
        self.fields["harms"].choices = harms  # type: ignore[attr-defined]
        if not harms:
            del self.fields["harms"]
        return self

    def columns(self) -> dict[str, Any]:
        names = {"forms_": "forms"}
        return {names.get(k, k): v for k, v in self.cleaned_data.items() if k in self.fields and k != "rev"}


class NewCaseForm(CaseForm):
    """Somebody has come in. The victim's name and number may wait."""

    victim_name = NameField(label=_("Name of the victim"), help_text=_("May be added later."))
    victim_phone = PhoneField(label=_("Phone of the victim"))
    field_order = ("channel", "victim_name", "victim_phone", "matter", "relation", "forms_", "cause", "wish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rev", "result", "harms"):
            del self.fields[name]
        self.fields["channel"].choices = [c for c in Channel.choices if c[0] != Channel.HOTLINE]  # type: ignore[attr-defined]

    def columns(self) -> dict[str, Any]:
        return {k: v for k, v in super().columns().items() if not k.startswith("victim_")}


class ChildrenForm(forms.Form):
    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Does a child live with the violence?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )


class AssignForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Responsible caseworker"))

    def __init__(self, *args: Any, case: Case, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = User.objects.filter(
            is_active=True,
            postings__agency_id=case.agency_id,
            postings__ends=None,
            postings__role__in=(Post.CASEWORKER, Post.LEAD),
        )
        self.fields["user"].queryset = able.exclude(recused(User, case.pk)).distinct()  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    text = PlainField(
        label=_("Name, pinyin, initials, phone, or the last four digits"), max_length=60, required=True
    )
