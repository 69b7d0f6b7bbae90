"""Columns that only `save()` and `bulk_create()` may write, and what proves to a column that they did."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

SEALED_NOW = "_sealed_now"
"""Set on a row while it is written by a `save()` that has sealed it already."""
OF_A_MIGRATION = "__fake__"
"""The module Django gives to the models of a migration."""


class Released:
    """A database value handed over by `pre_save`; update(), F() and bulk_update never go through it."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


class Guarded:
    """Mixin of a field: every write that does not come out of `pre_save` is refused."""

    name: str
    model: type[models.Model]

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Released):
            return value.value
        if value is None and self.model.__module__ == OF_A_MIGRATION:
            return None  # a migration adds the column, empty, to a table that has rows
        raise self.refusal()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        raise self.refusal()

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        if hasattr(value, "resolve_expression"):
            raise self.refusal()
        return "%s"

    def refusal(self) -> FieldError:
        return FieldError(f"{self.name} is written by save() and bulk_create() alone")
