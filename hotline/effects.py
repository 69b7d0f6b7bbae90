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


def forget(step: "StepRecord") -> None:
    """A call without data keeps its time and kind, and nothing about anybody."""
    call: Call = step.obj
    call.forget()
    call.save()
