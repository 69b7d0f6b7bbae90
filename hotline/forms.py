"""The desk's one form. It checks shape only; what a call still needs is said by the table."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Agency, Area
from casework.codes import Danger, Flag, Form, Language, Matter, Relation, Sex, Wish
from casework.tools import RANK, current_tool, score
from hotline.codes import WITH_DATA, Answer, Injury, Safety, Tap
from hotline.outlook import scale_applies
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
    ("decide_advised", _("Advised, by the duty leader's decision")),
)
TAPPED = (
    (Answer.YES, p_("tap", "Yes")),
    (Answer.NO, p_("tap", "No")),
    (Answer.UNKNOWN, p_("tap", "No answer")),
)
TOO_LONG = _("Too long: at most %(limit_value)d characters, this has %(show_value)d.")
DAYS = (
    ("0", p_("day", "Mon")), ("1", p_("day", "Tue")), ("2", p_("day", "Wed")), ("3", p_("day", "Thu")),
    ("4", p_("day", "Fri")), ("5", p_("day", "Sat")), ("6", p_("day", "Sun")),
)  # fmt: skip

# What an outcome asks for: field, outcome, what to say where it is missing.
ASKED = (
    ("transferred_to", "transfer", _("Choose the body that takes the call over.")),
    ("to_whom", "transfer", _("Write whom you spoke to and what was arranged.")),
    ("case", "join_case", _("Choose the case on the left first.")),
    ("decision", "decide_advised", _("Say why no case is opened although there is danger.")),
)


class CleanChar(forms.CharField):
    """Text a caller said: bidi and zero-width marks go, NUL is refused, everything else stays."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class KeyedRadio(forms.RadioSelect):
    """Each choice has a key of its own, shown beside it and listed in the sheet of keys."""

    def __init__(self, keys: str, group: Any) -> None:
        super().__init__({"data-key-group": group})
        self.keys = keys

    def create_option(
        self, name: Any, value: Any, label: Any, selected: Any, index: int, *rest: Any, **more: Any
    ) -> Any:
        option = super().create_option(name, value, label, selected, index, *rest, **more)
        option["key"] = option["attrs"]["data-key"] = self.keys[index]
        return option


def keyed(label: Any, choices: Any, keys: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=KeyedRadio(keys, label))


def tick(label: Any, key: str = "") -> forms.BooleanField:
    widget = forms.CheckboxInput({"data-key": key} if key else {})
    return forms.BooleanField(label=label, required=False, widget=widget)


def line(label: Any, length: int, **more: Any) -> CleanChar:
    said = {"max_length": TOO_LONG}
    return CleanChar(label=label, max_length=length, required=False, error_messages=said, **more)


def text(label: Any, length: int, rows: int = 4) -> CleanChar:
    return line(label, length, widget=forms.Textarea({"rows": rows}))


def one_of(label: Any, choices: Any, initial: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, initial=initial, widget=forms.RadioSelect()
    )


def some_of(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple()
    )


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


class DeskForm(forms.Form):
    """Everything on the desk; nothing is required but what the chosen outcome needs."""

    outcome = forms.ChoiceField(choices=OUTCOMES, error_messages={"required": _("Choose how the call ends.")})
    safety = keyed(_("Safe now?"), Safety.choices, "123")
    kind = keyed(_("Kind of call"), [(kind.value, kind.label) for kind in WITH_DATA], "456")
    number = line(_("Caller's number"), 32, validators=[validate_phone])
    caller_name = line(_("Caller's name"), 60)
    place = line(_("Where she is now"), 200)
    called_110 = tick(_("110 was called for her"), "p")
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
    account = text(_("What happened"), 8000, rows=3)
    happened_on = forms.DateField(
        label=_("Day it last happened"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
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
    advice = text(_("What was advised"), 4000, rows=2)
    rights_informed = tick(_("Told about the protection order"), "r")
    rights_not_told_reason = line(_("Why it could not be told"), 500)

    safe_phone = line(_("Safe number"), 32, validators=[validate_phone])
    safe_days = some_of(_("Safe days"), DAYS)
    safe_from = hour(_("Safe from"))
    safe_to = hour(_("Safe until"))
    may_leave_message = tick(_("A message may be left"))
    never_call = tick(_("Never call: she gets in touch herself"))
    cover_identity = line(_("Who we say we are"), 60)
    code_word = line(_("Code word"), 30)

    call_back = tick(_("Book a call-back after saving"))

    who = line(
        _("Name, pinyin, initials, phone or ID tail"), 60,
        widget=forms.TextInput({"data-key": "/", "data-combo": "ctrl+k", "data-rows-for": "found"}),
    )  # fmt: skip
    case = forms.UUIDField(
        required=False, label=_("Case"), error_messages={"invalid": _("Choose the case on the left again.")}
    )
    transferred_to = forms.ModelChoiceField(Agency.objects.all(), label=_("Transferred to"), required=False)
    to_whom = line(_("What was arranged with them"), 500)
    decision = line(_("Why no case is opened although there is danger"), 500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in current_tool().items:
            self.fields[f"danger_{item.key}"] = one_of(item.words, ANSWERS, Answer.UNKNOWN)
        for tap in Tap:
            self.fields[f"tap_{tap}"] = one_of(tap.label, TAPPED)

    @property
    def danger_fields(self) -> list[forms.BoundField]:
        return [self[f"danger_{item.key}"] for item in current_tool().items]

    @property
    def tap_fields(self) -> list[forms.BoundField]:
        return [self[f"tap_{tap}"] for tap in Tap]

    def clean_happened_on(self) -> date | None:
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Please compare the date."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_hours(data)
        self._check_level(data)
        outcome = data.get("outcome")
        for name, wanted, why in ASKED:
            if outcome == wanted and not data.get(name) and name not in self.errors:
                self.add_error(name, why)
        return data

    def _check_hours(self, data: dict[str, Any]) -> None:
        first, last = data.get("safe_from"), data.get("safe_to")
        if bool(first) != bool(last) and not {"safe_from", "safe_to"} & self.errors.keys():
            self.add_error("safe_to" if first else "safe_from", _("Give both ends of the safe hours."))
        elif (
            first and first == last
        ):  # from ten in the evening to two is an hour of the night, and no mistake
            self.add_error("safe_to", _("The end must differ from the beginning."))

    def _check_level(self, data: dict[str, Any]) -> None:
        """Upward only, and with a reason; where the scale does not fit, an operator raises the alarm or nothing."""
        level = data.get("judged_level")
        if not level:
            return
        if not data.get("judged_reason"):
            self.add_error("judged_reason", _("Say why the level is raised."))
        if not scale_applies(data):
            if level != Danger.HIGH:
                self.add_error(
                    "judged_level", _("The scale does not fit here. Raise to high, or leave it as it is.")
                )
        elif RANK[Danger(level)] < RANK[Danger(score(current_tool(), self.answers()).level)]:
            self.add_error(
                "judged_level", _("The scale already says more. A level is raised, never lowered.")
            )

    def answers(self) -> dict[str, str]:
        return {
            item.key: self.cleaned_data.get(f"danger_{item.key}") or Answer.UNKNOWN
            for item in current_tool().items
        }
