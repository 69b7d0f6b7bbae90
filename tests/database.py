"""The state a test database starts from, and the way back to it.

Django's flush would fail here (step records and audit rows refuse TRUNCATE) and would take away what
the migrations and the key ring put in. So the rows after set-up are kept and copied back instead.
"""

from dataclasses import dataclass, field

from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Identifier


def _tables_with_rows() -> list[str]:
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]
        questions = [
            SQL("select {} where exists (select from {})").format(name, Identifier(name)) for name in names
        ]
        cursor.execute(_text(SQL(" union all ").join(questions)))
        return [row[0] for row in cursor.fetchall()]


def _text(statement: Composed) -> str:
    connection.ensure_connection()
    return statement.as_string(connection.connection)


@dataclass
class Start:
    """The rows of every table after migrations and key making."""

    rows: dict[str, bytes] = field(default_factory=dict)

    def keep(self) -> None:
        """Remember what is there now."""
        self.rows = {table: self._copy_out(table) for table in _tables_with_rows()}

    def put_back(self) -> None:
        """Make the database hold exactly what was remembered, triggers and foreign keys looking away."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local session_replication_role = replica")
            for table in _tables_with_rows():
                cursor.execute(_text(SQL("delete from {}").format(Identifier(table))))
            for table, rows in self.rows.items():
                with cursor.copy(_text(SQL("copy {} from stdin").format(Identifier(table)))) as copy:
                    copy.write(rows)

    def _copy_out(self, table: str) -> bytes:
        with (
            connection.cursor() as cursor,
            cursor.copy(_text(SQL("copy {} to stdout").format(Identifier(table)))) as copy,
        ):
            return b"".join(bytes(part) for part in copy)


START = Start()
