"""What a step of a no-contact order causes, through step.obj."""

from typing import TYPE_CHECKING
from uuid import UUID

from casework.codes import Trigger
from casework.services import prompt_reassessment
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.no_contact_order.models import NoContactOrder
    from workflow.models import StepRecord


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_police(step: "StepRecord") -> None:
    _tell(step, step.obj.police_agency_id, "no_contact_asked")


def tell_federation(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, f"no_contact_{step.to_state}")


def tell_of_end(step: "StepRecord") -> None:
    """Both learn of it, and her danger is looked at again: from now on he may come near."""
    _tell(step, step.obj.home_id, "no_contact_ended")
    _tell(step, step.obj.police_agency_id, "no_contact_ended")
    prompt_reassessment(step.obj.case, actor=step.actor, why=Trigger.ORDER_EXPIRING, now=step.recorded_at)


def mark_told(step: "StepRecord") -> None:
    order: NoContactOrder = step.obj
    order.told = True
    order.save()


def record_breach(step: "StepRecord") -> None:
    order: NoContactOrder = step.obj
    order.breaches += 1
    order.save()
    _tell(step, order.home_id, "no_contact_broken")
    _tell(step, order.police_agency_id, "no_contact_broken")
    prompt_reassessment(order.case, actor=step.actor, why=Trigger.THREAT, now=step.recorded_at)


def note_detention(step: "StepRecord") -> None:
    order: NoContactOrder = step.obj
    order.detentions += 1
    order.save()
