"""A hold on a call that became no case, and what is left of one whose time was over."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.kinds import Role
from agencies.need_to_know import not_recused
from casework.services.shredding import lay_marks, lift_marks
from hotline.models import Call


def may_hold(call: Call, actor: Actor) -> bool:
    """A duty leader of the body that answered. A call of a case is kept with its case."""
    return actor.role == Role.LEAD and actor.agency_id == call.agency_id and call.case_id is None


def holds_of(call: Call) -> QuerySet[FileMark]:
    rows = FileMark.objects.filter(subject_id=call.pk, kind=MarkKind.HOLD)
    return rows.select_related("entered_by", "lifted_by")


@transaction.atomic
def hold(call: Call, *, actor: Actor, why: str) -> None:
    lay_marks({_reached(call, actor).pk}, actor=actor, kind=MarkKind.HOLD, why=why)


@transaction.atomic
def lift_hold(call: Call, *, actor: Actor) -> None:
    lift_marks({_reached(call, actor).pk}, actor=actor, kind=MarkKind.HOLD)


def _reached(call: Call, actor: Actor) -> Call:
    """Locked, so that what goes each night waits, or is gone already."""
    found: Call | None = (
        Call.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=call.pk).first()
    )
    if found is None or not may_hold(found, actor):
        raise PermissionDenied
    return found


def what_remains(pk: UUID, actor: Actor) -> dict[str, Any] | None:
    """For whoever could see it before; to all others it is absent, as it always was."""
    stone = FileMark.objects.filter(subject_id=pk, kind=MarkKind.SHREDDED).first()
    if stone is None:
        return None
    call = Call.objects.filter(Call.scope(actor) & not_recused(Call, actor), pk=pk, case=None).first()
    return call and {"gone": call, "at": stone.entered_at}
