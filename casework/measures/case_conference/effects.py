"""What a step of a conference causes, through step.obj. An action becomes a task of one body, sealed with the case."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.codes import TaskKind
from casework.services import open_task
from workflow.outbox import send
from workflow.when import When

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell_all(step: "StepRecord", kind: str) -> None:
    for agency_id in step.obj.invited:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_invited(step: "StepRecord") -> None:
    _tell_all(step, "conference_called")


def tell_dropped(step: "StepRecord") -> None:
    """Nobody hears of what was only proposed."""
    if step.from_state != "proposed":
        _tell_all(step, "conference_dropped")


def forget_answers(step: "StepRecord") -> None:
    """Who said yes to the old day has not said yes to the new one."""
    _keep(step, confirmed=[])


def note_answer(step: "StepRecord") -> None:
    if step.actor.agency_id not in step.obj.confirmed:
        _keep(step, confirmed=[*step.obj.confirmed, step.actor.agency_id])


def note_writer(step: "StepRecord") -> None:
    _keep(step, writer_id=step.actor.user_id)


def give_task(step: "StepRecord") -> None:
    """The case's own federation may have actions too; they fall to whoever is responsible for the case."""
    body = UUID(str(step.asked["body"]))
    ours = body == step.obj.home_id
    open_task(
        step.obj.case, actor=step.actor, kind=TaskKind.OTHER, text=str(step.asked["action"]), obj=step.obj,
        assigned_agency_id=body, assigned_user_id=step.obj.case.assignee_id if ours else None,
        due_at=When.day(step.asked["due"]).latest,
    )  # fmt: skip
