"""Writing in a register: a new line, or another version of one."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agencies.actor import Actor
from agencies.who import federation
from casework.measures.registers.models import Entry
from privacy.errors import StaleRow
from workflow.errors import NotVisible

E = TypeVar("E", bound=Entry)


class AlreadyEntered(Exception):
    """There is a line of this month already."""


def _save(entry: Entry, actor: Actor) -> None:
    try:
        entry.acting(actor).save()
    except IntegrityError as refused:
        if "one_line_a_month" in str(refused):
            raise AlreadyEntered from refused
        raise


@transaction.atomic
def add_entry(model: type[E], *, actor: Actor, key: UUID | None = None, **fields: Any) -> E:
    """A line of the actor's federation. The same `key` again is the same line: a form sent twice adds one."""
    if not federation(actor):
        raise PermissionDenied
    known: E | None = model.objects.visible_to(actor).filter(key=key).first() if key else None
    if known is not None:
        return known
    entry = model(agency_id=actor.agency_id, key=key, **fields)
    _save(entry, actor)
    return entry


@transaction.atomic
def change_entry(entry: E, *, actor: Actor, rev: int, **fields: Any) -> E:
    """Only the federation that keeps it; StaleRow where somebody else has changed it in between."""
    rows = type(entry).objects.visible_to(actor).filter(agency_id=actor.agency_id)
    found: E | None = rows.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if found is None:
        raise NotVisible
    if found.rev != rev:
        raise StaleRow
    for name, value in fields.items():
        setattr(found, name, value)
    _save(found, actor)
    return found
