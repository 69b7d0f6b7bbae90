"""From what a move takes to the fields of its form. Shape only: length, choice, date; never law."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.forms.models import apply_limit_choices_to_to_formfield
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from privacy.forms import SealedCharField
from workflow.table import Ask

TEXT, LINE = 5000, 200
PLAIN_TEXT = (models.CharField, models.TextField)  # cleaned like sealed text: no hidden marks, no NUL
YES_NO = [("True", pgettext_lazy("answer", "Yes")), ("False", pgettext_lazy("answer", "No"))]
PICKERS: dict["type[models.Field[Any, Any]]", tuple[type[forms.Widget], dict[str, Any]]] = {
    models.DateTimeField: (
        forms.DateTimeInput,
        {"attrs": {"type": "datetime-local"}, "format": "%Y-%m-%dT%H:%M"},
    ),
    models.DateField: (forms.DateInput, {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}),
    models.TimeField: (forms.TimeInput, {"attrs": {"type": "time"}, "format": "%H:%M"}),
}


def day_field(label: Any, *, required: bool, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


def time_field(label: Any, hint: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, help_text=hint, widget=widget)


def yes_or_no(label: Any, *, required: bool, hint: Any = "") -> forms.Field:
    """Required: yes or no must be said. Optional: a box to tick."""
    if not required:
        return forms.BooleanField(label=label, required=False, help_text=hint)
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        help_text=hint,
    )


def ask_field(ask: Ask) -> forms.Field:
    """The field of a question whose answer is no column."""
    common: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.hint}
    match ask.kind:
        case "text":
            return SealedCharField(max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common)
        case "line":
            return SealedCharField(max_length=LINE, **common)
        case "choice":
            return forms.ChoiceField(choices=ask.choices, widget=forms.RadioSelect, **common)
        case "flag":
            return yes_or_no(ask.label, required=ask.required, hint=ask.hint)
        case "date":
            return day_field(ask.label, required=ask.required, hint=ask.hint)
        case "number":
            return forms.IntegerField(min_value=0, **common)
    raise ValueError(f"{ask.name}: unknown kind {ask.kind}")


def column_field(field: "models.Field[Any, Any]", *, required: bool, actor: Actor) -> forms.Field:
    """The field of a model column. Choices among rows are the rows this actor may see."""
    if isinstance(field, models.BooleanField):
        return yes_or_no(field.verbose_name, required=required, hint=field.help_text)
    if isinstance(field, ArrayField) and field.base_field.choices:
        return _several(field, required=required)
    options: dict[str, Any] = {"required": required, "help_text": field.help_text}
    for kind, (widget, arguments) in PICKERS.items():
        if isinstance(field, kind) and not field.choices:
            options["widget"] = widget(**arguments)
            break
    if type(field) in PLAIN_TEXT and not field.choices:
        options["form_class"] = SealedCharField
    made = field.formfield(**options)
    if made is None:
        raise TypeError(f"{field.name} cannot be asked for in a form")
    if isinstance(made, forms.ModelChoiceField):
        if isinstance(made.queryset, ScopedQuerySet):
            made.queryset = made.queryset.visible_to(actor)
        apply_limit_choices_to_to_formfield(made)
    return made


def _several(field: "ArrayField[Any, Any]", *, required: bool) -> forms.Field:
    return forms.MultipleChoiceField(
        label=field.verbose_name,
        choices=list(field.base_field.choices or ()),
        required=required,
        help_text=field.help_text,
        widget=forms.CheckboxSelectMultiple,
    )


HAPPENED_DAY = _("Day it happened")
HAPPENED_TIME = _("Time of day")
