"""What a step of a publication causes, through step.obj."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def note_writer(step: "StepRecord") -> None:
    """Whoever wrote last is the writer, and neither checks nor approves it. She agreed to another text."""
    _keep(step, writer_id=step.actor.user_id, checker_id=None, consent="not_asked")


def note_checker(step: "StepRecord") -> None:
    _keep(step, checker_id=step.actor.user_id)
