"""Old versions of sealed rows: ciphertext, version, who, when. Nothing in the clear, no query per row."""

import inspect
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords


class SealedHistory(models.Model):
    """A history row opens like the live row it was: same table, id and owner, its own `rev`."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"

    def seal_owner(self) -> uuid.UUID:
        owner: uuid.UUID = self.instance_type.seal_owner(self)
        return owner

    def __getattr__(self, name: str) -> Any:
        """The live model's own properties (such as `subject_id`), read from this row's columns."""
        found = inspect.getattr_static(self.instance_type, name, None) if not name.startswith("_") else None
        if isinstance(found, property) and found.fget:
            return found.fget(self)
        raise AttributeError(name)


class SealedRecords(HistoricalRecords):  # type: ignore[misc]
    """As the library's, without reasons, and written straight: its own way builds a manager class per save."""

    def create_history_model(self, model: Any, inherited: Any) -> Any:
        self.history_model = super().create_history_model(model, inherited)
        return self.history_model

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        columns = {f.attname: getattr(instance, f.attname) for f in self.history_model.tracked_fields}
        row = self.history_model(history_type=history_type, history_user_id=_user(instance), **columns)
        row.history_date = getattr(instance, "_history_date", None) or timezone.now()
        row.save(force_insert=True, using=using if self.use_base_model_db else None)

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        # The library's name of a row builds the live row from it, and that can fail: a life needs its engine.
        del extra["history_change_reason"], extra["__str__"]
        return extra


def _user(instance: Any) -> uuid.UUID | None:
    """Whoever was named by `obj.acting(actor)`."""
    actor = getattr(instance, "_actor", None)
    return actor.user_id if actor else None


def _get_user(row: Any) -> uuid.UUID | None:
    found: uuid.UUID | None = row.history_user_id
    return found


def _set_user(row: Any, user: uuid.UUID | None) -> None:
    row.history_user_id = user


def sealed_history(excluded: Iterable[str] = ()) -> Any:
    """`history = sealed_history(excluded=("tags",))`. `history_user` is an id, not a User: no query."""
    return SealedRecords(
        bases=(SealedHistory,),
        history_id_field=models.UUIDField(default=uuid.uuid4),
        history_user_id_field=models.UUIDField(null=True, editable=False),
        history_user_getter=_get_user,
        history_user_setter=_set_user,
        excluded_fields=list(excluded),
    )
