"""What the end of a call causes."""

from typing import TYPE_CHECKING

from workflow.outbox import send

if TYPE_CHECKING:
    from hotline.models import Call
    from workflow.models import StepRecord


def tell_receiver(step: "StepRecord") -> None:
    """The body that takes over finds the call in its inbox; the federation stays first contact (N02)."""
    call: Call = step.obj
    if call.transferred_to_id:
        send(topic="notice", agency_id=call.transferred_to_id, kind="call_transferred", obj=call)


def take_charge(step: "StepRecord") -> None:
    """From now on whoever made the move answers for the call, and nobody else is asked to."""
    call: Call = step.obj
    call.operator_id = step.actor.user_id
    call.offered_to = call.transferred_to = call.ended_at = None
    call.save()


def drop_draft(step: "StepRecord") -> None:
    """What was typed has become the record; it was kept in case the call came back."""
    step.obj.drop_draft()


def forget(step: "StepRecord") -> None:
    """A call without data keeps its time and kind, and nothing about anybody."""
    call: Call = step.obj
    call.forget()
    call.save()
    call.drop_draft()
