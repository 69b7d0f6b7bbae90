"""The one decision: may this actor do this with this row now, on what ground, and what of it is open to them.

Agency, role and posting are in the actor; assignment, grant, consent and case state are in the scope of the row's model;
recusal and emergency are in `need_to_know`. Pages, moves, commands, papers, exports and tasks all ask here.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.postings import at_the_door, is_as_given
from agencies.selectors import actor_of
from privacy.audit import Purpose
from privacy.fields import SealedField


class Act(StrEnum):
    READ = "read"
    WRITE = "write"
    PRINT = "print"
    EXPORT = "export"
    TASK = "task"


class Basis(StrEnum):
    """Why they may: the case is theirs to work on, it was handed to their body, somebody is in danger, the clock."""

    OWN = "own"
    HANDED = "handed"
    EMERGENCY = "emergency"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Mask:
    """What of the row is open: `fields` are its sealed columns; `purpose` is what the register will say."""

    basis: Basis
    purpose: str
    fields: frozenset[str]


def authorize(actor: Actor, action: Act, obj: Any, *, reached: bool = False) -> Mask:
    """Http404 for what this actor may not know of, PermissionDenied for what may not be done with it.

    `reached`: the row was just read through `visible_to(actor)` in this transaction; it is not asked for again.
    """
    model = type(obj)
    if not reached and not visible(model, obj.pk, actor):
        raise Http404
    basis = _basis(actor, obj)
    if action != Act.READ and reads_only(actor, obj, basis):
        raise PermissionDenied
    return Mask(basis, PURPOSES.get(basis, Purpose.CASEWORK), _open_fields(actor, obj))


def reads_only(actor: Actor, obj: Any, basis: Basis | None = None) -> bool:
    """Does nothing but an emergency let this actor see the row? Costs a query only while one is open for its file."""
    free = getattr(type(obj), "in_emergency", False)
    return not free and (basis or _basis(actor, obj)) == Basis.EMERGENCY


PURPOSES = {
    Basis.HANDED: Purpose.LIAISON,
    Basis.EMERGENCY: Purpose.EMERGENCY,
    Basis.SYSTEM: Purpose.SYSTEM,
}


def visible(model: Any, pk: UUID, actor: Actor) -> bool:
    return bool(model.objects.visible_to(actor).filter(pk=pk).exists())


def acting_again(posting_id: UUID) -> Actor:
    """Whoever asked for a task, as she stands now: what was allowed when it was queued may be over. Http404 if so."""
    now = timezone.now()
    posting = at_the_door(now).filter(pk=posting_id).first()
    if posting is None or not is_as_given(posting, now):
        raise Http404
    return actor_of(posting)


def _basis(actor: Actor, obj: Any) -> Basis:
    if actor.is_system:
        return Basis.SYSTEM
    if actor.emergency is not None and actor.emergency == getattr(obj, "subject_id", None):
        own = visible(type(obj), obj.pk, replace(actor, emergency=None)) if obj.pk else False
        return Basis.OWN if own and not obj._state.adding else Basis.EMERGENCY
    return Basis.HANDED if actor.role == Role.LIAISON else Basis.OWN


def _open_fields(actor: Actor, obj: Any) -> frozenset[str]:
    """A body that was handed something reads what the row itself names for it; nothing where it names nothing."""
    if actor.role == Role.LIAISON:
        names = getattr(obj, "texts_for", None)
        return frozenset(names(actor)) if names else frozenset()
    return _sealed(cast(Hashable, type(obj)))


@cache
def _sealed(model: Hashable) -> frozenset[str]:
    return frozenset(
        field.attname for field in cast(Any, model)._meta.concrete_fields if isinstance(field, SealedField)
    )
