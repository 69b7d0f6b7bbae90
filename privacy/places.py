"""Where a sealed value belongs, for live rows and for the history rows that keep their old versions."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from privacy import envelope
from privacy.envelope import DataCipher, lengths
from privacy.errors import SealError
from privacy.keys import ring

LENGTH_OF_ID = (16).to_bytes(4, "big")
_prefixes: dict[tuple[type, str], bytes] = {}


def is_history(instance: models.Model) -> bool:
    return hasattr(type(instance), "instance_type")


@cache
def _kind(model: Any) -> tuple[Any, str, str, str]:
    """The model a row belongs to (for a history row, the model it is the history of), table, compartment, key."""
    live = getattr(model, "instance_type", model)._meta.concrete_model
    return live, live._meta.db_table, live.compartment, live._meta.pk.attname


class Place:
    """One row in one version. A history row has the place of the live row it was."""

    __slots__ = ("_tail", "compartment", "model", "owner", "pk", "rev", "table")

    def __init__(self, row: Any) -> None:
        model: Any = type(row)
        self.model, self.table, self.compartment, pk = _kind(model)
        self.pk: UUID = getattr(row, pk)
        self.owner: UUID = row.seal_owner()
        if not (isinstance(self.pk, UUID) and isinstance(self.owner, UUID)):
            raise SealError("a row without id and owner cannot hold sealed data")
        self.rev: int = row.rev
        self._tail = b"".join((LENGTH_OF_ID, self.pk.bytes, LENGTH_OF_ID, self.owner.bytes))

    def where(self, column: str, rev: int) -> bytes:
        """The associated data of one cell."""
        prefix = _prefixes.get((self.model, column))
        if prefix is None:
            prefix = _prefixes[(self.model, column)] = lengths(self.table.encode(), column.encode())
        return b"".join((prefix, self._tail, rev.to_bytes(4, "big")))

    def sealing_key(self) -> DataCipher:
        return ring.sealing_key(self.owner, self.compartment)

    def opening_key(self, cipher: bytes) -> DataCipher:
        """One key. Whoever opens many rows asks `ring.opening_keys` for all of them first."""
        kid = envelope.kid_of(cipher)
        key = ring.opening_keys([kid], self.compartment).get(kid)
        if key is None:
            raise SealError("unknown key")
        return key
