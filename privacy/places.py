"""Where a sealed value belongs, for live rows and for the history rows that keep their old versions."""

from typing import Any
from uuid import UUID

from django.db import models

from privacy import envelope
from privacy.envelope import DataCipher
from privacy.errors import SealError
from privacy.keys import ring

_prefixes: dict[tuple[type, str], bytes] = {}


def is_history(instance: models.Model) -> bool:
    return hasattr(type(instance), "instance_type")


def live_model(instance: models.Model) -> Any:
    """The model a row belongs to; for a history row, the model it is the history of."""
    return getattr(type(instance), "instance_type", type(instance))._meta.concrete_model


def table(instance: models.Model) -> str:
    return str(live_model(instance)._meta.db_table)


def row_id(instance: Any) -> UUID:
    pk = getattr(instance, live_model(instance)._meta.pk.attname)
    if not isinstance(pk, UUID):
        raise SealError("a row without an id cannot hold sealed data")
    return pk


def owner(instance: Any) -> UUID:
    found = instance.seal_owner()
    if not isinstance(found, UUID):
        raise SealError("a row without an owner cannot hold sealed data")
    return found


def compartment(instance: models.Model) -> str:
    return str(live_model(instance).compartment)


def place(instance: Any, field: "models.Field[Any, Any]", rev: int) -> bytes:
    """The associated data of one cell. A history row answers with the place of the live row it was."""
    model = live_model(instance)
    prefix = _prefixes.get((model, field.column))
    if prefix is None:
        prefix = envelope.lengths(model._meta.db_table.encode(), field.column.encode())
        _prefixes[(model, field.column)] = prefix
    return envelope.place(prefix, row_id(instance), owner(instance), rev)


def sealing_key(instance: Any) -> DataCipher:
    return ring.sealing_key(owner(instance), compartment(instance))


def opening_key(instance: Any, cipher: bytes) -> DataCipher:
    """One key. Whoever opens many rows asks `ring.opening_keys` for all of them first."""
    kid = envelope.kid_of(cipher)
    key = ring.opening_keys([kid], compartment(instance)).get(kid)
    if key is None:
        raise SealError("unknown key")
    return key
