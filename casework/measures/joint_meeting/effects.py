"""What a step of a meeting causes, through step.obj."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from workflow.outbox import send

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", bodies: Any, kind: str) -> None:
    for agency_id in bodies:
        if agency_id != step.obj.agency_id:
            send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_invited(step: "StepRecord") -> None:
    _tell(step, step.obj.invited, "meeting_called")


def tell_dropped(step: "StepRecord") -> None:
    """Nobody hears of what was only planned."""
    if step.from_state != "planned":
        _tell(step, step.obj.invited, "meeting_dropped")


def tell_bound(step: "StepRecord") -> None:
    bound = step.obj.resolutions.order_by().values_list("agency_id", flat=True).distinct()
    _tell(step, {*step.obj.invited, *bound}, "meeting_signed")


def forget_answers(step: "StepRecord") -> None:
    _keep(step, confirmed=[])


def note_answer(step: "StepRecord") -> None:
    if step.actor.agency_id not in step.obj.confirmed:
        _keep(step, confirmed=[*step.obj.confirmed, step.actor.agency_id])


def note_writer(step: "StepRecord") -> None:
    _keep(step, writer_id=step.actor.user_id)


def add_resolution(step: "StepRecord") -> None:
    asked = step.asked
    step.obj.add_resolution(
        actor=step.actor, agency_id=UUID(str(asked["body"])), text=asked["text"], due_on=asked["due"]
    )


def note_report(step: "StepRecord") -> None:
    """The last report stands; what was said before is kept in the steps and the history."""
    row = step.obj.resolutions.get(pk=step.asked["which"])
    row.outcome = step.asked["outcome"]
    if step.asked.get("done"):
        row.done_at = step.recorded_at
    row.acting(step.actor).save()
