"""Burying: keys deleted or cells emptied, written down in a signed list that outlives every backup (see signedlist)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from privacy.fields import SealedField
from privacy.shred import shred
from privacy.tombstonerows import Tombstone


@transaction.atomic
def bury(subject: UUID, *, owners: Sequence[UUID], rows: Sequence[UUID], at: datetime) -> Tombstone:
    """Written down, then done, in one transaction. The caller has decided that law and people allow it."""
    stone = Tombstone(subject=subject, owners=sorted(owners), rows=sorted(rows), at=at.astimezone(UTC))
    stone.append()
    lay(stone)
    return stone


def lay(stone: Tombstone) -> None:
    """Do what the stone says; done already, it does nothing."""
    for owner in stone.owners:
        shred(owner)
    if stone.rows:
        for table, id_column, cells in emptied_tables():
            with connection.cursor() as cursor:
                cursor.execute("SELECT privacy_forget(%s, %s, %s, %s)", [stone.pk, table, id_column, cells])


def emptied_tables() -> Iterator[tuple[str, str, list[str]]]:
    """Every table with sealed cells that may be empty, live and old versions, and the column that names the row."""
    for model in apps.get_models():
        names = [f.column for f in model._meta.local_concrete_fields if isinstance(f, SealedField) and f.null]
        if names and model._meta.managed:
            columns = {f.column for f in model._meta.local_concrete_fields}
            # The answers given in a step belong to the row that took it.
            yield model._meta.db_table, "obj_id" if {"obj_id", "seq"} <= columns else "id", names


def is_buried(owner: UUID) -> bool:
    return Tombstone.objects.filter(owners__contains=[owner]).exists()
