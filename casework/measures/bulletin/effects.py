"""What a step of a bulletin causes, through step.obj."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from workflow.outbox import send

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def note_writer(step: "StepRecord") -> None:
    """Whoever wrote last is the writer, and neither checks nor approves it."""
    _keep(step, writer_id=step.actor.user_id, checker_id=None)


def note_checker(step: "StepRecord") -> None:
    _keep(step, checker_id=step.actor.user_id)


def number_bulletin(step: "StepRecord") -> None:
    """The next number of the federation's year, without gaps."""
    year = timezone.localdate(step.recorded_at).year
    _keep(step, year=year, serial=step.obj.next_serial(year))


def note_receipt(step: "StepRecord") -> None:
    if step.actor.agency_id not in step.obj.received_by:
        _keep(step, received_by=[*step.obj.received_by, step.actor.agency_id])


def tell_recipients(step: "StepRecord") -> None:
    for agency_id in step.obj.recipients:
        if agency_id != step.obj.agency_id:
            send(topic="notice", agency_id=agency_id, kind=f"bulletin_{step.to_state}", obj=step.obj)
