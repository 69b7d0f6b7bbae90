"""The plain twin: the columns of a person in the clear, with the indexes and the history a plain product would have.

Its tables exist only while the measurement runs; they stand in no migration and no list of rooms.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from simple_history.models import HistoricalRecords

from agencies.scope import ScopedQuerySet
from casework.models import Case
from casework.models.parts import CasePart


def _user(row: Any) -> uuid.UUID | None:
    found: uuid.UUID | None = row.history_user_id
    return found


def _set_user(row: Any, user: uuid.UUID | None) -> None:
    row.history_user_id = user


class Kept(models.Model):
    """The library's own history. Declared on a base because a model outside the list of rooms may only inherit it."""

    history = HistoricalRecords(
        inherit=True, app="bench", history_user_id_field=models.UUIDField(null=True), history_user_getter=_user,
        history_user_setter=_set_user,
    )  # fmt: skip

    class Meta:
        abstract = True


class PlainPerson(Kept):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    rev = models.PositiveIntegerField(default=1)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    role = models.CharField(max_length=20)
    relation_to_victim = models.CharField(max_length=32, blank=True)
    sex = models.CharField(max_length=8)
    birth_year = models.PositiveSmallIntegerField(null=True)
    age = models.PositiveSmallIntegerField(null=True)
    flags = ArrayField(models.CharField(max_length=32), default=list)
    language = models.CharField(max_length=8)
    lives_with_victim = models.BooleanField(null=True)
    name = models.CharField(max_length=60, null=True)
    phone = models.CharField(max_length=20, null=True, db_index=True)
    id_number = models.CharField(max_length=18, null=True, db_index=True)
    address = models.CharField(max_length=200, null=True)
    work = models.CharField(max_length=100, null=True)
    note = models.TextField(null=True)

    objects = ScopedQuerySet.as_manager()
    scope = CasePart.__dict__["scope"]

    class Meta:
        app_label = "bench"
        ordering: ClassVar = ("created_at", "id")

    def __str__(self) -> str:
        return str(self.pk)

    def get_role_display(self) -> str:
        return str(self.role)


@contextmanager
def tables() -> Iterator[None]:
    """The twin's tables, dropped at the end."""
    made: tuple[Any, ...] = (PlainPerson, PlainPerson.history.model)
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for model in reversed(made):
                editor.delete_model(model)
