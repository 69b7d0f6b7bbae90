"""Fields that refuse what cannot be, in words a worker can act on."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.utils.translation import pgettext_lazy as p_

from privacy.text import clean_text
from privacy.validators import validate_id_number, validate_phone
from workflow.when import Precision, When

# Marks that turn text around or hide it: they make a name look like another one.
INVISIBLE = re.compile("[\u0000\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TOO_LONG = ngettext_lazy(
    "At most %(limit_value)d character is allowed; this has %(show_value)d.",
    "At most %(limit_value)d characters are allowed; this has %(show_value)d.",
    "limit_value",
)


class PlainField(forms.CharField):
    """One or more lines of text without control marks."""

    def __init__(self, *, max_length: int, long: bool = False, **kwargs: Any) -> None:
        if long:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("required", False)
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.pop("maxlength", None)  # cut off in silence is worse than refused in words
        self.validators = [v for v in self.validators if "Null" not in type(v).__name__]
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = TOO_LONG  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if isinstance(text, str) and INVISIBLE.search(text):
            raise ValidationError(_("Contains invisible control marks. Type it anew instead of pasting it."))
        return unicodedata.normalize("NFC", clean_text(text)) if isinstance(text, str) else text


class NameField(PlainField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)


class PhoneField(PlainField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update({"inputmode": "tel"})
        self.validators.append(validate_phone)


class IdField(PlainField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=24, **kwargs)
        self.validators.append(validate_id_number)


class Ticks(forms.MultipleChoiceField):
    """Several codes of one vocabulary."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, vocabulary: type[models.TextChoices], **kwargs: Any) -> None:
        super().__init__(choices=vocabulary.choices, required=False, **kwargs)


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not known: three answers."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("yes", _("Yes")), ("no", _("No")), ("", p_("answer", "Not known"))]
        words = {"yes": True, "no": False}
        super().__init__(
            choices=choices,
            coerce=lambda v: words.get(v),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class WhenFields(forms.Form):
    """When it happened, as exactly as is known; `cleaned_data["when"]` is a When."""

    precision = forms.ChoiceField(
        label=_("How exactly is the time known?"), initial=Precision.INSTANT, widget=forms.RadioSelect,
        choices=[c for c in Precision.choices if c[0] != Precision.RANGE],
    )  # fmt: skip
    on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For a month or a year, any day of it."),
    )  # fmt: skip
    at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self._read_when(data)
        return data

    def _read_when(self, data: dict[str, Any]) -> None:
        precision, on = data["precision"], data.get("on")
        if precision != Precision.UNKNOWN and on is None:
            return self.add_error("on", _("Give the day, or say that the time is not known."))
        if on is not None and on.year < 1900:
            return self.add_error("on", _("This day is before 1900."))
        if on is not None and on > timezone.localdate():
            return self.add_error("on", _("This day has not come yet."))
        if precision == Precision.INSTANT and data.get("at") is None:
            return self.add_error("at", _("Give the time, or choose that only the day is known."))
        data["when"] = when_of(precision, on, data.get("at"))
        if data["when"].earliest and data["when"].earliest > timezone.now():
            self.add_error("at", _("This time has not come yet."))
        return None


def when_of(precision: str, on: date | None, at: time | None) -> When:
    if on is None or precision == Precision.UNKNOWN:
        return When.unknown()
    if precision == Precision.MONTH:
        return When.month(on.year, on.month)
    if precision == Precision.YEAR:
        return When.year(on.year)
    if precision == Precision.DAY or at is None:
        return When.day(on)
    return When.instant(datetime.combine(on, at, timezone.get_current_timezone()))
