"""A column for several bodies: who is invited, who came, who a paper goes to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from agencies.models import Agency


class BodiesChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Boxes to tick; the answer is a list of ids, in the order of the list."""

    def clean(self, value: Any) -> Any:
        return [body.pk for body in super().clean(value)]


class BodiesField(ArrayField):  # type: ignore[type-arg]
    """Ids of bodies. They are never deleted, only put out of use, so that an id always has a name."""

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        given = {"default": list, "blank": True, "verbose_name": verbose_name, **kwargs}
        super().__init__(models.UUIDField(), **given)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {k: v for k, v in kwargs.items() if k not in ("base_field", "size")}

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        """In the place of the array's own text field."""
        options = {
            "label": self.verbose_name,
            "required": not self.blank,
            "help_text": self.help_text,
        } | kwargs
        options.pop("form_class", None)
        return BodiesChoice(
            queryset=Agency.objects.filter(is_active=True), widget=forms.CheckboxSelectMultiple, **options
        )


def names_of(ids: Iterable[UUID]) -> list[str]:
    """Full names, in the order of all lists of bodies."""
    wanted = list(ids)
    return list(Agency.objects.filter(pk__in=wanted).values_list("name", flat=True)) if wanted else []
