"""Form fields for sealed columns: they clean the text, and never show a value nobody has revealed."""

from typing import Any

from django import forms

from privacy.sealed import Sealed
from privacy.text import clean_text


def refuse_sealed(value: Any) -> Any:
    """An edit form that would show, and post back, the word <sealed> is a mistake of the view."""
    if isinstance(value, Sealed):
        raise TypeError("give the form the revealed values as `initial`")
    return value


class SealedCharField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(refuse_sealed(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(initial, Sealed) or super().has_changed(initial, data)


class SealedJSONField(forms.JSONField):
    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(refuse_sealed(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return isinstance(initial, Sealed) or super().has_changed(initial, data)
