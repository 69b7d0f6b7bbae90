"""What the system checks say of a model that would let personal data out. `check` fails on any of these."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.contrib import admin
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models
from django.db.utils import DatabaseError

from privacy.errors import SealError
from privacy.fields import SealedField
from privacy.keyrows import KeyVersion
from privacy.keys import ring
from privacy.models import SealedModel
from privacy.tags import TagsField

PERSONAL = frozenset(
    {"name", "full_name", "phone", "mobile", "tel", "telephone", "wechat", "qq", "email"}
    | {"id_no", "id_number", "id_card", "address", "home_address", "workplace", "employer", "school"}
    | {"note", "notes", "narrative", "birthday", "birth_date", "date_of_birth"}
)
ID_NUMBERS = frozenset({"id_no", "id_number", "id_card"})
PERSONAL_ENDINGS = ("_name", "_phone", "_mobile", "_address", "_id_number", "_note", "_narrative")


@register(Tags.models)
def check_models(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    found = [m for m in apps.get_models() if app_configs is None or m._meta.app_config in app_configs]
    return [error for model in found for error in model_errors(model)]


def model_errors(model: type[models.Model]) -> Iterator[CheckMessage]:
    """Everything wrong with one model."""
    yield from _of_any(model)
    yield from _of_sealed(model)


def _of_any(model: type[models.Model]) -> Iterator[CheckMessage]:
    sealed = [f for f in model._meta.local_concrete_fields if isinstance(f, SealedField)]
    if sealed and not (issubclass(model, SealedModel) or hasattr(model, "instance_type")):
        yield Error("sealed fields on a model that is no SealedModel", obj=model, id="privacy.E007")
    if any(f.unique or getattr(f, "db_index", False) for f in sealed):
        yield Error("a sealed field is indexed or unique", obj=model, id="privacy.E006")


def _of_sealed(model: type[models.Model]) -> Iterator[CheckMessage]:
    if not issubclass(model, SealedModel):
        return
    if not isinstance(model._meta.pk, models.UUIDField):
        yield Error("the primary key is not a UUID: a new row cannot be sealed", obj=model, id="privacy.E001")
    yield from _of_history(model)
    for name in _clear_personal(model):
        yield Error(f"{name} sounds personal and is kept in the clear", obj=model, id="privacy.E004")
    for column in model.sealed_fields():
        named = column.name in ID_NUMBERS or column.name.endswith("_id_number")
        if named and not column.asks_proof:
            words = f"{column.name} is an ID number and opens without a proof"
            yield Error(words, obj=model, id="privacy.E011")
    if apps.is_installed("django.contrib.admin") and model in admin.site._registry:
        yield Error("sealed rows are not for the admin site", obj=model, id="privacy.E005")
    for field in model._meta.local_concrete_fields:
        if isinstance(field, TagsField) and not _has_index(model, field.name):
            yield Error(f"{field.name} has no GIN index: use tags_index()", obj=model, id="privacy.E008")


def _of_history(model: type[models.Model]) -> Iterator[CheckMessage]:
    manager = getattr(model._meta, "simple_history_manager_attribute", None)
    if manager is None:
        return
    history = getattr(model, manager).model
    if not isinstance(history._meta.pk, models.UUIDField):
        yield Error("history rows need a UUID key", obj=model, id="privacy.E002")
    if any(isinstance(f, TagsField) for f in history._meta.concrete_fields):
        yield Error("tags are copied into history: exclude them", obj=model, id="privacy.E003")
    if any(f.name == "history_change_reason" for f in history._meta.concrete_fields):
        yield Error("history keeps a free-text reason: use sealed_history()", obj=model, id="privacy.E009")


def _clear_personal(model: type[SealedModel]) -> Iterable[str]:
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField | models.DateField) or field.choices:
            continue
        personal = field.name in PERSONAL or field.name.endswith(PERSONAL_ENDINGS)
        if personal and field.name not in model.clear_fields:
            yield field.name


def _has_index(model: type[models.Model], name: str) -> bool:
    return any(name in index.fields for index in model._meta.indexes)


@register(Tags.database)
def check_key_ring(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Before migrating or serving: the key file belongs to this database."""
    if "default" not in (databases or ()):
        return []
    try:
        if KeyVersion._meta.db_table not in connections["default"].introspection.table_names():
            return []
        ring.verify()
    except SealError as error:
        return [Error(str(error), id="privacy.E010")]
    except DatabaseError:
        return []
    return []
