"""Rows that stand in an older version than their own history: somebody has put them back past the program."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from psycopg.sql import SQL, Identifier

BEHIND = SQL(
    "SELECT l.{pk} FROM {live} l JOIN (SELECT {pk}, max(rev) AS rev FROM {old} GROUP BY {pk}) h USING ({pk})"
    " WHERE h.rev > l.rev ORDER BY 1"
)


def rolled_back() -> Iterator[tuple[str, UUID]]:
    """(table, row) of every live row that is behind. A row whose history was cut as well shows in its steps."""
    for model in apps.get_models():
        live: Any = getattr(model, "instance_type", None)
        if live is None or not hasattr(live, "seal_owner"):
            continue
        statement = BEHIND.format(
            pk=Identifier(live._meta.pk.column),
            live=Identifier(live._meta.db_table),
            old=Identifier(model._meta.db_table),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(connection.connection))
            yield from ((live._meta.db_table, row[0]) for row in cursor.fetchall())
