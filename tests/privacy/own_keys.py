"""Keys, key tables and files of one test's own; no process keeps a key longer than a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_django import Settings

from privacy.keyrows import KeyVersion
from privacy.keys import ring


@contextmanager
def own_keys(folder: Path, settings: Settings, held_seconds: float = 0.05) -> Iterator[None]:
    KeyVersion.objects.all().delete()
    settings.KEY_DIR, settings.DATA_DIR = folder / "keys", folder
    settings.KEY_CACHE_SECONDS = held_seconds
    ring.forget()
    ring.ensure()
    yield
    ring.forget()
