"""Ready means: migrated database, answering Valkey, keys that belong to this database."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from privacy.keyrows import KeyVersion

pytestmark = pytest.mark.django_db


def asked(client: Client, path: str = "/healthz") -> tuple[int, dict[str, bool]]:
    answer = client.get(path)
    return answer.status_code, json.loads(answer.content)


def test_everything_answers(client: Client) -> None:
    assert asked(client) == (200, {"ready": True, "database": True, "redis": True, "keys": True})


def test_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    assert asked(client) == (503, {"ready": False, "database": False, "redis": True, "keys": True})


def test_valkey_does_not_answer(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody?db=0"
    assert asked(client) == (503, {"ready": False, "database": True, "redis": False, "keys": True})


def test_the_key_file_is_gone(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.KEY_DIR = tmp_path
    assert asked(client) == (503, {"ready": False, "database": True, "redis": True, "keys": False})


def test_there_are_no_keys_yet(client: Client) -> None:
    KeyVersion.objects.all().delete()
    assert asked(client)[1]["keys"] is False


READY = {"ready": True, "database": True, "redis": True, "keys": True, "clock": True}


def test_a_process_that_can_serve_is_ready(client: Client) -> None:
    assert asked(client, "/readyz") == (200, READY)


def test_without_valkey_it_serves_on_and_says_so(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody?db=0"
    assert asked(client, "/readyz") == (200, READY | {"redis": False})


@pytest.mark.parametrize("part", ["database", "keys", "clock"])
def test_what_serving_needs_makes_it_unready(
    client: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    if part == "database":
        MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    if part == "keys":
        settings.KEY_DIR = tmp_path
    if part == "clock":
        now = timezone.now() + timedelta(minutes=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert asked(client, "/readyz") == (503, READY | {"ready": False, part: False})
