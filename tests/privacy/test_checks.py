"""The system checks fail the build of a model that would let personal data out."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import CheckMessage
from django.db import models
from django.test.utils import isolate_apps
from simple_history.models import HistoricalRecords

from privacy.blind import TagsField, tags_index
from privacy.checks import model_errors
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel

LABEL = "privacy_sample"


@pytest.fixture(autouse=True)
def isolated() -> Iterator[None]:
    with isolate_apps("tests.privacy.sample"):
        yield


def ids(model: type[models.Model]) -> list[str | None]:
    return [error.id for error in _errors(model)]


def _errors(model: type[models.Model]) -> list[CheckMessage]:
    return list(model_errors(model))


def made(base: type[models.Model] = SealedModel, **columns: Any) -> type[models.Model]:
    meta = columns.pop("Meta", type("Meta", (), {"app_label": LABEL}))
    return type("Made", (base,), {"__module__": __name__, "Meta": meta, **columns})


def test_the_models_of_the_product_are_clean() -> None:
    assert [e for model in apps.get_models() for e in _errors(model)] == []


def test_a_sealed_model_is_clean() -> None:
    assert ids(made(name=SealedText(), history=sealed_history())) == []


def test_a_sealed_row_needs_a_uuid() -> None:
    assert ids(made(id=models.BigAutoField(primary_key=True))) == ["privacy.E001"]


def test_history_needs_uuids_no_tags_and_no_reason() -> None:
    index = type("Meta", (), {"app_label": LABEL, "indexes": [tags_index("made_tags")]})
    users = models.UUIDField(null=True)
    model = made(tags=TagsField(), history=HistoricalRecords(history_user_id_field=users), Meta=index)
    assert ids(model) == ["privacy.E002", "privacy.E003", "privacy.E009"]


@pytest.mark.parametrize("name", ["name", "phone", "id_number", "address", "code_name", "home_phone", "note"])
def test_a_clear_column_that_sounds_personal_is_told(name: str) -> None:
    assert ids(made(**{name: models.CharField(max_length=9)})) == ["privacy.E004"]


def test_a_reviewed_or_coded_column_is_not() -> None:
    model = made(
        name=models.CharField(max_length=9),
        note=models.CharField(max_length=9, choices=[("a", "A")]),
        clear_fields=frozenset({"name"}),
    )
    assert ids(model) == []


@pytest.mark.parametrize("option", ["unique", "db_index"])
def test_a_sealed_column_is_neither_indexed_nor_unique(option: str) -> None:
    assert ids(made(name=SealedText(**{option: True}))) == ["privacy.E006"]


def test_a_sealed_column_needs_a_sealed_model() -> None:
    model = made(models.Model, id=models.UUIDField(primary_key=True, default=uuid.uuid4), name=SealedText())
    assert ids(model) == ["privacy.E007"]


def test_tags_need_their_index() -> None:
    assert ids(made(tags=TagsField())) == ["privacy.E008"]


@pytest.mark.parametrize("name", ["id_number", "id_card", "guardian_id_number"])
@pytest.mark.parametrize(("asks", "found"), [(False, ["privacy.E011"]), (True, [])])
def test_a_sealed_id_number_asks_for_a_proof(name: str, asks: bool, found: list[str]) -> None:
    columns: dict[str, Any] = {name: SealedText(asks_proof=asks)}
    assert ids(made(**columns)) == found
