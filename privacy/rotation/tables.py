"""Sealing rows anew: live rows and their history alike, in place, without a new version of either.

`rev` stays, so every ciphertext keeps its place; a row is locked, and written only in the version it was read in.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg.sql import SQL, Composed, Identifier

from privacy import envelope
from privacy.actors import KEEPER
from privacy.audit import OK, SEAL_ERROR, Action, Purpose, write_reads
from privacy.errors import SealError
from privacy.fields import SealedField
from privacy.keys import ring
from privacy.places import Place
from privacy.rotation.sweep import Done

log = logging.getLogger(__name__)
OLD = SQL(
    "WITH old AS MATERIALIZED (SELECT int4send(id) AS kid FROM privacy_datakey"
    " WHERE compartment = %s AND state <> 'primary') "
)
ANNOUNCE = "SELECT set_config('huhang.reseal', %s, true)"
NOTHING = UUID(int=0)


def sealed_models(compartment: str) -> Iterator[type[models.Model]]:
    """Every table with sealed columns of this compartment: live, history, outbox, step records."""
    for model in apps.get_models():
        fields = [f for f in model._meta.local_concrete_fields if isinstance(f, SealedField)]
        live: Any = getattr(model, "instance_type", model)
        if fields and live.compartment == compartment and model._meta.managed:
            yield model


@dataclass
class SealedPart:
    """One table whose cells under an older data key are sealed anew under the owner's present one."""

    model: type[models.Model]
    compartment: str

    def __post_init__(self) -> None:
        self.name = self.model._meta.db_table
        self.fields = [f for f in self.model._meta.local_concrete_fields if isinstance(f, SealedField)]
        self.pk = self.model._meta.pk.column

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                text_of(
                    OLD + SQL("SELECT count(*) FROM {} WHERE {}").format(Identifier(self.name), self._old())
                ),
                [self.compartment],
            )
            return int(cursor.fetchone()[0])

    def batch(self, after: str, size: int) -> Done:
        ids = self._lock(after, size)
        if not ids:
            return Done()
        rows = list(self.model._base_manager.filter(pk__in=ids))
        write_down(self.model, [row.pk for row in rows], [f.attname for f in self.fields])
        anew, bad = self._anew(rows)
        if bad:
            write_down(self.model, bad, [f.attname for f in self.fields], SEAL_ERROR)
        return Done(self._write(anew), len(bad), str(ids[-1]))

    def _lock(self, after: str, size: int) -> list[UUID]:
        """The next rows with an old cell, locked; those that somebody else holds come in a later pass."""
        choice = SQL("SELECT {pk} FROM {table} WHERE {pk} > %s AND ({old}) ORDER BY {pk} LIMIT %s").format(
            pk=Identifier(self.pk), table=Identifier(self.name), old=self._old()
        )
        with connection.cursor() as cursor:
            cursor.execute(
                text_of(OLD + choice + SQL(" FOR UPDATE SKIP LOCKED")),
                [self.compartment, after or NOTHING, size],
            )
            return [row[0] for row in cursor.fetchall()]

    def _old(self) -> Composed:
        cells = [
            SQL("substring({} FROM 3 FOR 4) IN (SELECT kid FROM old)").format(Identifier(f.column))
            for f in self.fields
        ]
        return SQL(" OR ").join(cells)

    def _anew(self, rows: list[Any]) -> tuple[list[list[Any]], list[UUID]]:
        """Per row its key, version and cells; and the keys of rows that do not pass their check."""
        kids = {kid for row in rows for f in self.fields if (kid := named_kid(_cipher(row, f))) is not None}
        opening = ring.opening_keys(kids, self.compartment)
        places = {row.pk: Place(row) for row in rows}
        sealing = ring.provide({place.owner for place in places.values()}, self.compartment)
        anew, bad = [], []
        for row in rows:
            place = places[row.pk]
            try:
                cells = [_resealed(place, f, _cipher(row, f), opening, sealing) for f in self.fields]
            except SealError:
                log.error("seal_error table=%s id=%s", self.name, row.pk)
                bad.append(row.pk)
            else:
                anew.append([row.pk, place.rev, *cells])
        return anew, bad

    def _write(self, rows: list[list[Any]]) -> int:
        if not rows:
            return 0
        columns = [f.column for f in self.fields]
        names = [SQL("c{}").format(SQL(str(i))) for i in range(len(columns))]
        statement = SQL(
            "UPDATE {table} AS t SET {cells} FROM unnest(%s::uuid[], %s::int[], {arrays}) AS v(pk, rev, {names})"
            " WHERE t.{pk} = v.pk AND t.rev = v.rev"
        ).format(
            table=Identifier(self.name),
            pk=Identifier(self.pk),
            cells=SQL(", ").join(
                SQL("{} = v.{}").format(Identifier(column), name)
                for column, name in zip(columns, names, strict=True)
            ),
            arrays=SQL(", ").join([SQL("%s::bytea[]")] * len(columns)),
            names=SQL(", ").join(names),
        )
        with connection.cursor() as cursor:
            cursor.execute(ANNOUNCE, [self.name])
            cursor.execute(text_of(statement), [list(column) for column in zip(*rows, strict=True)])
            return int(cursor.rowcount)


def write_down(model: Any, ids: list[UUID], names: list[str], outcome: str = OK) -> None:
    """One row of the register per batch: which rows a rotation opened and sealed."""
    live = getattr(model, "instance_type", model)._meta.db_table
    write_reads(
        actor=KEEPER,
        action=Action.RESEAL,
        purpose=Purpose.SYSTEM,
        reads=[(None, live, ids, names)],
        outcome=outcome,
    )


def _cipher(row: Any, field: SealedField) -> bytes | None:
    held = row.__dict__[field.attname]
    return None if held is None else held._cipher


def named_kid(cipher: bytes | None) -> int | None:
    """The data key that a cell names; None where it is empty or no ciphertext of ours."""
    try:
        return None if cipher is None else envelope.kid_of(cipher)
    except SealError:
        return None


def _resealed(place: Place, field: SealedField, cipher: bytes | None, opening: Any, sealing: Any) -> Any:
    """The cell under the owner's present key; as it is where it is that already."""
    if cipher is None:
        return None
    kid, now = envelope.kid_of(cipher), sealing[place.owner]
    if kid == now.kid:
        return cipher
    if (key := opening.get(kid)) is None:
        raise SealError("unknown key")
    where = place.where(field.column, place.rev)
    return envelope.seal(now, envelope.unseal(key, cipher, where), where, field.pad)


def text_of(statement: Composed) -> str:
    connection.ensure_connection()
    return statement.as_string(connection.connection)
