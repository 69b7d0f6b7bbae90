"""A blind index under another key: first every row bears both tags, later the old ones are dropped."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

from privacy.audit import SEAL_ERROR
from privacy.errors import SealError
from privacy.keys import ring
from privacy.places import Place
from privacy.retag import tags_field, tags_of
from privacy.rotation.sweep import Done
from privacy.rotation.tables import NOTHING, named_kid, text_of, write_down

HAS = SQL("EXISTS (SELECT FROM unnest({tags}) AS tag WHERE tag >> 16 = {kid})")


def tagged_models() -> Iterator[Any]:
    for model in apps.get_models():
        if tags_field(model) is not None and model._meta.managed:
            yield model


def warm(rows: list[Any], model: Any) -> None:
    """The data keys of these rows, in one query."""
    cells = [named_kid(held._cipher) for row in rows for name in model.tagged if (held := row.__dict__[name])]
    ring.opening_keys({kid for kid in cells if kid is not None}, model.compartment)


@dataclass
class TagPart:
    """One table with tags. `new` None: the old tags are dropped; else those of the new key are put beside them."""

    model: Any
    old: int
    new: int | None = None

    def __post_init__(self) -> None:
        self.name = self.model._meta.db_table
        self.table, self.pk = Identifier(self.name), Identifier(self.model._meta.pk.column)
        self.tags = Identifier(tags_field(self.model).column)  # type: ignore[union-attr]

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                text_of(SQL("SELECT count(*) FROM {} WHERE {}").format(self.table, self._behind()))
            )
            return int(cursor.fetchone()[0])

    def batch(self, after: str, size: int) -> Done:
        choice = SQL(
            "SELECT {pk} FROM {table} WHERE {pk} > %s AND {behind} ORDER BY {pk} LIMIT %s FOR UPDATE SKIP LOCKED"
        ).format(pk=self.pk, table=self.table, behind=self._behind())
        with connection.cursor() as cursor:
            cursor.execute(text_of(choice), [after or NOTHING, size])
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return Done()
        moved, bad = self._drop(ids) if self.new is None else self._add(ids)
        return Done(moved, bad, str(ids[-1]))

    def _behind(self) -> Composed:
        old = HAS.format(tags=self.tags, kid=self.old)
        if self.new is None:
            return old
        return old + SQL(" AND NOT ") + HAS.format(tags=self.tags, kid=self.new)

    def _drop(self, ids: list[UUID]) -> tuple[int, int]:
        statement = SQL(
            "UPDATE {table} SET {tags} = ARRAY(SELECT tag FROM unnest({tags}) AS tag WHERE tag >> 16 <> {old})"
            " WHERE {pk} = ANY(%s)"
        ).format(table=self.table, tags=self.tags, old=self.old, pk=self.pk)
        with connection.cursor() as cursor:
            cursor.execute(text_of(statement), [ids])
            return int(cursor.rowcount), 0

    def _add(self, ids: list[UUID]) -> tuple[int, int]:
        rows = list(self.model._base_manager.filter(pk__in=ids))
        write_down(self.model, ids, list(self.model.tagged))
        warm(rows, self.model)
        anew = {row.pk: (row.rev, self._new_tags(row)) for row in rows}
        bad = [pk for pk, (_, tags) in anew.items() if not tags]
        with connection.cursor() as cursor:
            given = [(tags, pk, rev) for pk, (rev, tags) in anew.items() if tags]
            if given:
                cursor.executemany(self._addition(), given)
        if bad:
            write_down(self.model, bad, list(self.model.tagged), SEAL_ERROR)
        return len(given), len(bad)

    def _new_tags(self, row: Any) -> list[int]:
        try:
            return sorted({tag for tag in tags_of(row, Place(row)) if tag >> 16 == self.new})
        except SealError:
            return []

    def _addition(self) -> str:
        return text_of(
            SQL(
                "UPDATE {table} SET {tags} = ARRAY(SELECT DISTINCT tag FROM unnest({tags} || %s::int[]) AS tag ORDER BY 1)"
                " WHERE {pk} = %s AND rev = %s"
            ).format(table=self.table, tags=self.tags, pk=self.pk)
        )
