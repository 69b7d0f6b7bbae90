"""Two texts side by side: what another window wrote, what a closed call has not taken up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hotline.codes import Answer, Tap
from hotline.forms import DeskForm
from hotline.models import Call
from privacy.text import clean_text

TEXTS = ("number", "caller_name", "place", "account", "advice", "rights_not_told_reason")


@dataclass(frozen=True)
class Difference:
    label: Any
    mine: str
    theirs: str


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """Field by field, in the order of the desk, in words."""
    form = DeskForm()
    return [
        Difference(field.label, words(field, mine.get(name)), words(field, theirs.get(name)))
        for name, field in form.fields.items()
        if words(field, mine.get(name)) != words(field, theirs.get(name))
    ]


def words(field: forms.Field, value: Any) -> str:
    """What was chosen, by its label; what was typed, as it is."""
    labels = dict(getattr(field, "choices", ())) if isinstance(field, forms.ChoiceField) else {}
    if isinstance(value, list):
        return "、".join(str(labels.get(one, one)) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        return _chosen(field, value)
    if isinstance(field, forms.BooleanField):
        return "✓" if value else ""
    text = str(value or "")
    return "" if text == Answer.UNKNOWN else str(labels.get(text, text))


def _chosen(field: Any, value: Any) -> str:
    try:
        return str(field.to_python(value) or "")
    except ValidationError:
        return str(value)


def left_over(typed: Mapping[str, Any], record: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """(label, text) of what was typed into a closed call and does not stand in its record."""
    fields = DeskForm.base_fields
    return [
        (fields[name].label, str(typed[name]))
        for name in TEXTS
        if typed.get(name) and _plain(typed[name]) != _plain(record.get(name))
    ]


def _plain(text: Any) -> str:
    try:
        return clean_text(str(text or "")).strip().replace("\r\n", "\n")
    except ValidationError:
        return str(text)


def taps(call: Call) -> list[tuple[Any, Any]]:
    """(question, answer) of a caller who could not speak."""
    return [(tap.label, Answer(call.taps[tap]).label) for tap in Tap if tap in call.taps]


def hidden(sent: QueryDict) -> list[tuple[str, str]]:
    """What was sent, to be sent again after a question."""
    return [
        (name, value)
        for name in sent
        if name not in ("csrfmiddlewaretoken", "sure")
        for value in sent.getlist(name)
    ]


def uuid_of(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def tell_form(form: DeskForm, wrong: ValidationError) -> None:
    """At the field where there is one, else above all."""
    for name, errors in getattr(wrong, "error_dict", {None: wrong}).items():
        form.add_error(name if name in form.fields else None, errors)
