"""The desk's one form. It checks shape only; what a call still needs is said by the table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Agency, Area
from casework.codes import Danger, Flag, Form, Language, Matter, Relation, Sex, Wish
from casework.tools import current_tool
from hotline.codes import Answer, CallKind, Injury, Safety
from privacy.text import clean_text
from privacy.validators import validate_id_number, validate_phone

ANSWERS = Answer.choices
ASKED_FLAGS = (
    Flag.PREGNANT, Flag.NURSING, Flag.DISABLED, Flag.ILL, Flag.ELDERLY, Flag.MINOR, Flag.INCAPABLE, Flag.COERCED,
)  # fmt: skip
OUTCOMES = (
    ("advise", _("Advised")),
    ("open_case", _("Open a case")),
    ("join_case", _("Join to the case chosen")),
    ("transfer", p_("call", "Transfer")),
    ("keep_nothing", _("Keep nothing")),
)
DAYS = (
    ("0", p_("day", "Mon")), ("1", p_("day", "Tue")), ("2", p_("day", "Wed")), ("3", p_("day", "Thu")),
    ("4", p_("day", "Fri")), ("5", p_("day", "Sat")), ("6", p_("day", "Sun")),
)  # fmt: skip


class CleanChar(forms.CharField):
    """Text a caller said: bidi and zero-width marks go, NUL is refused, everything else stays."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


def line(label: Any, length: int, **more: Any) -> CleanChar:
    return CleanChar(label=label, max_length=length, required=False, **more)


def text(label: Any, length: int, rows: int = 4) -> CleanChar:
    return CleanChar(label=label, max_length=length, required=False, widget=forms.Textarea({"rows": rows}))


def one_of(label: Any, choices: Any, initial: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, initial=initial, widget=forms.RadioSelect()
    )


def some_of(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple()
    )


class DeskForm(forms.Form):
    """Everything on the desk; nothing is required but what the chosen outcome needs."""

    outcome = forms.ChoiceField(choices=OUTCOMES, error_messages={"required": _("Choose how the call ends.")})
    safety = one_of(_("Safe now?"), Safety.choices)
    kind = one_of(_("Kind of call"), CallKind.choices)
    number = line(_("Caller's number"), 32, validators=[validate_phone])
    caller_name = line(_("Caller's name"), 60)
    place = line(_("Where she is now"), 200)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    area = forms.ModelChoiceField(Area.objects.all(), label=_("Town"), required=False)

    victim_name = line(_("Victim's name"), 60)
    victim_phone = line(_("Victim's phone"), 32, validators=[validate_phone])
    victim_id = line(_("Victim's ID number"), 24, validators=[validate_id_number])
    victim_age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120, required=False)
    victim_sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, initial=Sex.UNKNOWN)
    respondent_name = line(_("Perpetrator's name"), 60)
    respondent_phone = line(_("Perpetrator's phone"), 32, validators=[validate_phone])
    relation = forms.ChoiceField(
        label=_("Who did it is her"), choices=Relation.choices, required=False, initial=Relation.NOT_STATED
    )

    matter = forms.ChoiceField(label=_("Matter"), choices=Matter.choices, required=False, initial=Matter.DV)
    forms_of_violence = some_of(_("Forms of violence"), Form.choices)
    account = text(_("What happened"), 8000, rows=5)
    happened_on = forms.DateField(label=_("Day it last happened"), required=False)
    injury = one_of(_("Injured?"), Injury.choices, Injury.UNKNOWN)
    weapon = one_of(_("A weapon?"), ANSWERS, Answer.UNKNOWN)
    children = one_of(_("Children there?"), ANSWERS, Answer.UNKNOWN)
    police_before = one_of(_("Reported to police before?"), ANSWERS, Answer.UNKNOWN)
    flags = some_of(_("Circumstances"), [(flag.value, flag.label) for flag in ASKED_FLAGS])

    judged_level = forms.ChoiceField(
        label=_("Raise the level"),
        choices=(
            ("", _("As the scale says")),
            (Danger.MEDIUM.value, Danger.MEDIUM.label),
            (Danger.HIGH.value, Danger.HIGH.label),
        ),
        required=False,
    )
    judged_reason = line(_("Why it is raised"), 500)

    wishes = some_of(_("What she asks for"), Wish.choices)
    advice = text(_("What was advised"), 4000, rows=3)
    rights_informed = forms.BooleanField(label=_("Told about the protection order"), required=False)
    rights_not_told_reason = line(_("Why it could not be told"), 500)

    safe_phone = line(_("Safe number"), 32, validators=[validate_phone])
    safe_days = some_of(_("Safe days"), DAYS)
    safe_from = forms.TimeField(label=_("Safe from"), required=False)
    safe_to = forms.TimeField(label=_("Safe until"), required=False)
    may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    cover_identity = line(_("Who we say we are"), 60)
    code_word = line(_("Code word"), 30)

    who = line(_("Name, pinyin, initials, phone or ID tail"), 60)
    case = forms.UUIDField(
        required=False, label=_("Case"), error_messages={"invalid": _("Choose the case on the left again.")}
    )
    transferred_to = forms.ModelChoiceField(Agency.objects.all(), label=_("Transferred to"), required=False)
    to_whom = line(_("What was arranged with them"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in current_tool().items:
            self.fields[f"danger_{item.key}"] = one_of(item.words, ANSWERS, Answer.UNKNOWN)

    @property
    def danger_fields(self) -> list[forms.BoundField]:
        return [self[f"danger_{item.key}"] for item in current_tool().items]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("safe_from"), data.get("safe_to")
        if bool(first) != bool(last):
            self.add_error("safe_to" if first else "safe_from", _("Give both ends of the safe hours."))
        elif first and last and first >= last:
            self.add_error("safe_to", _("The safe hours must end after they begin."))
        if data.get("judged_level") and not data.get("judged_reason"):
            self.add_error("judged_reason", _("Say why the level is raised."))
        if data.get("outcome") == "transfer" and not data.get("transferred_to"):
            self.add_error("transferred_to", _("Choose the body that takes the call over."))
        if data.get("outcome") == "join_case" and not data.get("case"):
            self.add_error("case", _("Choose the case on the left first."))
        return data

    def answers(self) -> dict[str, str]:
        return {
            item.key: self.cleaned_data.get(f"danger_{item.key}") or Answer.UNKNOWN
            for item in current_tool().items
        }
