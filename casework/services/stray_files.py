"""Sealed files that no row names: what a process left that was killed between a file and its row.

Many at once were never left by kills: then rows are missing or hidden, and nothing is removed.
"""

import logging
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from agencies.wall import as_system
from privacy.files import delete_file, stored

log = logging.getLogger(__name__)
MOST = 20


def _with_files() -> Iterator[type[models.Model]]:
    """Every model with a column for a file, old versions too."""
    for model in apps.get_models():
        if any(field.name == "file_id" for field in model._meta.local_concrete_fields):
            yield model


def named_files(*, old: bool = False) -> set[UUID]:
    """Every file that some row names; with `old` those too that only an old version names."""
    return {
        pk
        for model in _with_files()
        if old or not hasattr(model, "instance_type")
        for pk in model._default_manager.exclude(file_id=None).values_list("file_id", flat=True)
    }


def drop_strays(before: float, most: int = MOST) -> int:
    """Remove files older than this (seconds) that nothing names, how many; more than `most` stay and are logged.

    Only who sees every row may judge that.
    """
    if settings.PROCESS not in ("", "worker"):
        raise RuntimeError("this process does not see every row")
    old = [file for file, changed in stored() if changed < before]
    with transaction.atomic(), as_system():
        strays = set(old) - named_files(old=True)
    if len(strays) > most:
        log.error("many_files_without_a_row")
        return 0
    for file in strays:
        delete_file(file)
    return len(strays)
