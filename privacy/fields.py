"""Sealed columns. A value is sealed when its row is saved and opened only by `privacy.reading`."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from privacy import envelope
from privacy.envelope import DataCipher
from privacy.errors import SealError
from privacy.forms import SealedCharField, SealedJSONField
from privacy.marks import SEALED_NOW, Guarded, Released
from privacy.places import Place, is_history
from privacy.sealed import WORD, Sealed


class SealedAttribute(DeferredAttribute):
    """Clear data assigned here is held aside until the save that seals it."""

    field: "SealedField"

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is not None and not isinstance(value, Sealed):
            value = Sealed(clear=self.field.accept(value))
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    PlainField = models.Field[Any, Any]
else:
    PlainField = models.Field  # not subscriptable at run time


class SealedField(Guarded, PlainField):
    """A bytea column of ciphertext v1. Never indexed, never unique; only `isnull` can be asked of it.

    `asks_proof`: on a page it opens only within minutes of a proof of the person (no matter of the database).
    """

    descriptor_class = SealedAttribute
    empty_values: ClassVar[list[Any]] = []  # type: ignore[misc]  # Sealed refuses to be compared with them

    def __init__(self, *args: Any, pad: int = 32, asks_proof: bool = False, **kwargs: Any) -> None:
        self.pad = pad
        self.asks_proof = asks_proof
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "pad": self.pad}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched by {lookup_name}; search by tags")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: it has no {lookup_name}")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(cipher=bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Released:
        held = model_instance.__dict__.get(self.attname)
        if held is None:
            return Released(None)
        if add and SEALED_NOW not in model_instance.__dict__ and not is_history(model_instance):
            place = Place(model_instance)
            held = self.sealed_anew(place, place.sealing_key(), held, place.rev)
            model_instance.__dict__[self.attname] = held
        if held._cipher is None:
            raise FieldError(f"{self.name} holds clear data that save() has not sealed")
        return Released(held._cipher)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """A migration that adds an empty column writes no data: its model is Django's stand-in of that time."""
        if value is None and self.model.__module__ == "__fake__":
            return None
        return super().get_db_prep_save(value, connection)

    def sealed_anew(self, place: Place, key: DataCipher, held: Sealed, rev: int) -> Sealed:
        """The same data sealed for the version `rev` of its row."""
        clear = self.clear_bytes(place, held)
        return Sealed(cipher=envelope.seal(key, clear, place.where(self.column, rev), self.pad))

    def clear_bytes(self, place: Place, held: Sealed, key: DataCipher | None = None) -> bytes:
        if held._cipher is None:
            return self.to_bytes(held.clear())
        key = key or place.opening_key(held._cipher)
        return envelope.unseal(key, held._cipher, place.where(self.column, place.rev))

    def opened(self, place: Place, held: Sealed, key: DataCipher | None = None) -> Any:
        """The clear data. For `privacy.reading` alone, which writes down who reads."""
        return held.clear() if held._cipher is None else self.from_bytes(self.clear_bytes(place, held, key))

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        if isinstance(value, Sealed):
            if value._cipher is None:
                self.check_clear(value._clear, model_instance)
            return value
        self.check_clear(value, model_instance)
        return value

    def check_clear(self, value: Any, model_instance: models.Model | None) -> None:
        self.validate(value, model_instance)
        if value not in ("", None):
            self.run_validators(value)

    def value_to_string(self, obj: models.Model) -> str:
        return WORD

    def accept(self, value: Any) -> Any:
        """What may be assigned in the clear."""
        raise NotImplementedError

    def to_bytes(self, clear: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, clear: bytes) -> Any:
        raise NotImplementedError


class SealedText(SealedField):
    """Sealed text. `pad`: 32 for names and numbers, 64 for addresses, 256 for narratives."""

    def accept(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text")
        return str(value)

    def to_bytes(self, clear: Any) -> bytes:
        try:
            return str(clear).encode()
        except UnicodeEncodeError:
            raise SealError("the text holds half a character") from None

    def from_bytes(self, clear: bytes) -> str:
        return clear.decode()

    def check_clear(self, value: Any, model_instance: models.Model | None) -> None:
        super().check_clear(value, model_instance)
        if value == "" and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        if value and self.max_length is not None and len(value) > self.max_length:
            raise ValidationError(
                _("This text is too long: at most %(max)d characters."),
                "max_length",
                {"max": self.max_length},
            )

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        long = self.max_length is None or self.max_length > 200
        defaults: dict[str, Any] = {
            "form_class": SealedCharField,
            "max_length": self.max_length,
            "widget": forms.Textarea if long else forms.TextInput,
            "validators": list(self._validators),  # type: ignore[attr-defined]
        }
        if self.null:
            defaults["empty_value"] = None
        return super().formfield(**{**defaults, **kwargs})


class SealedJSON(SealedField):
    """Sealed structured data: anything json can hold. Keys are sealed too."""

    empty_strings_allowed = False

    def __init__(self, *args: Any, pad: int = 256, **kwargs: Any) -> None:
        super().__init__(*args, pad=pad, **kwargs)

    def accept(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression") or isinstance(value, bytes):
            raise TypeError(f"{self.name} takes data")
        return value

    def to_bytes(self, clear: Any) -> bytes:
        try:
            return json.dumps(clear, ensure_ascii=False, separators=(",", ":")).encode()
        except (TypeError, ValueError):
            raise SealError("the data cannot be written as JSON") from None

    def from_bytes(self, clear: bytes) -> Any:
        return json.loads(clear)

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        return super().formfield(**{"form_class": SealedJSONField, **kwargs})


class RevField(Guarded, models.PositiveIntegerField):  # type: ignore[type-arg]
    """The version of a row. It is part of every seal, so nothing but `save()` may move it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Released:
        return Released(getattr(model_instance, self.attname))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Lookups (rev=3) are allowed; only writes are guarded."""
        return models.PositiveIntegerField.get_db_prep_value(self, value, connection, prepared)
