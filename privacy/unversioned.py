"""Rows whose clear columns are not what their last version says: something was written past the history.

Sealed columns need no looking at: they do not open in another version. Columns in clear (state, agency, assignment,
dates) could be written by SQL, or by a carelessly written `update()`, and nothing would show who did it.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from privacy.fields import SealedField

NO_VERSION = "rev"
ROWS = SQL(
    "SELECT l.{pk}, CASE WHEN h.rev IS NULL THEN ARRAY[{none}] ELSE array_remove(ARRAY[{columns}]::text[], NULL) END AS found"
    " FROM {live} l LEFT JOIN {old} h ON h.{pk} = l.{pk} AND h.rev = l.rev"
)
DIFFERENT = SQL("CASE WHEN l.{column} IS DISTINCT FROM h.{column} THEN {name} END")
# Shredding takes the files of a row away and leaves the row: a file that is gone is no change, another file is one.
OTHER_FILE = SQL(
    "CASE WHEN l.{column} IS NOT NULL AND l.{column} IS DISTINCT FROM h.{column} THEN {name} END"
)


def unlike_version() -> Iterator[tuple[str, UUID, list[str]]]:
    """(table, row, columns that differ) of every live row; `rev` alone: there is no such version."""
    for model in apps.get_models():
        live: Any = getattr(model, "instance_type", None)
        if live is not None and hasattr(live, "seal_owner"):
            with connection.cursor() as cursor:
                statement = SQL("SELECT * FROM ({rows}) r WHERE r.found <> '{{}}' ORDER BY 1").format(
                    rows=_rows(live, model)
                )
                cursor.execute(statement.as_string(connection.connection))
                yield from ((live._meta.db_table, pk, found) for pk, found in cursor.fetchall())


def _rows(live: Any, old: Any) -> Composable:
    kept = {field.column for field in old.tracked_fields} - {live._meta.pk.column}
    clear = [
        field.column
        for field in live._meta.concrete_fields
        if field.column in kept and not isinstance(field, SealedField) and field.name not in live.unversioned
    ]
    compared = [
        (OTHER_FILE if column == "file_id" else DIFFERENT).format(
            column=Identifier(column), name=Literal(column)
        )
        for column in clear
    ]
    return ROWS.format(
        pk=Identifier(live._meta.pk.column), none=Literal(NO_VERSION), columns=SQL(", ").join(compared),
        live=Identifier(live._meta.db_table), old=Identifier(old._meta.db_table),
    )  # fmt: skip
