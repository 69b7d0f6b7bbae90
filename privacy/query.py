"""A queryset that knows that sealed columns can be fetched and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import F
from django.db.models.constants import LOOKUP_SEP

from privacy.keys import ring
from privacy.marks import Guarded

MOST_PARAMETERS = 65535
"""What one PostgreSQL statement takes with parameters bound by the server."""


class SealedQuerySet(models.QuerySet[Any]):
    """Refuses expressions over sealed columns; gets the data keys of a bulk insert in one go."""

    def order_by(self, *field_names: Any) -> Self:
        self._refuse_sealed(field_names)
        return super().order_by(*field_names)

    def annotate(self, *args: Any, **kwargs: Any) -> Self:
        self._refuse_sealed([*args, *kwargs.values()])
        return super().annotate(*args, **kwargs)

    def alias(self, *args: Any, **kwargs: Any) -> Self:
        self._refuse_sealed([*args, *kwargs.values()])
        return super().alias(*args, **kwargs)

    def aggregate(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_sealed([*args, *kwargs.values()])
        return super().aggregate(*args, **kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        objs = list(objs)
        owners: dict[str, set[UUID]] = defaultdict(set)
        for obj in objs:
            if (owner := getattr(obj, "seal_owner", None)) and (key_owner := owner()):
                owners[obj.compartment].add(key_owner)
        for compartment, ids in owners.items():
            ring.provide(ids, compartment)
        if not args:
            kwargs.setdefault("batch_size", MOST_PARAMETERS // len(self.model._meta.concrete_fields))
        return super().bulk_create(objs, *args, **kwargs)

    def _refuse_sealed(self, items: Iterable[Any]) -> None:
        for item in items:
            for name in _column_names(item):
                if _is_sealed(self.model, name):
                    raise FieldError(
                        f"{name} is sealed: it can be neither ordered, counted nor computed with"
                    )


def _column_names(item: Any) -> Iterable[str]:
    if isinstance(item, str):
        yield item.lstrip("-")
    elif isinstance(item, F):
        yield item.name
    elif hasattr(item, "get_source_expressions"):
        for part in item.get_source_expressions():
            yield from _column_names(part)


def _is_sealed(model: type[models.Model], path: str) -> bool:
    current: Any = model
    for step in path.split(LOOKUP_SEP):
        try:
            field = current._meta.get_field(step)
        except (FieldDoesNotExist, AttributeError):
            return False
        if isinstance(field, Guarded):
            return not isinstance(field, models.IntegerField)
        current = field.related_model
    return False
