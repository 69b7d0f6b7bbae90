"""Rows that stand in an older version than their own history: somebody has put them back past the program."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Identifier

from privacy.census import histories

BEHIND = SQL(
    "SELECT l.{pk} FROM {live} l JOIN (SELECT {pk}, max(rev) AS rev FROM {old} GROUP BY {pk}) h USING ({pk})"
    " WHERE h.rev > l.rev ORDER BY 1"
)


def rolled_back() -> Iterator[tuple[str, UUID]]:
    """(table, row) of every live row that is behind. Where its history was cut as well, `census` finds that."""
    for model, live in histories():
        statement = BEHIND.format(
            pk=Identifier(live._meta.pk.column),
            live=Identifier(live._meta.db_table),
            old=Identifier(model._meta.db_table),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(connection.connection))
            yield from ((live._meta.db_table, row[0]) for row in cursor.fetchall())
