"""What a step of supervision causes, through step.obj."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from workflow.clocks import cancel_clocks
from workflow.outbox import send

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def number_request(step: "StepRecord") -> None:
    """The first paper of the matter gets the next number of the federation's year."""
    if not step.obj.serial:
        year = timezone.localdate(step.recorded_at).year
        _keep(step, year=year, serial=step.obj.next_serial(year))


def ask_anew(step: "StepRecord") -> None:
    """The opinion wants an answer of its own."""
    _keep(step, answers=0)


def note_answer(step: "StepRecord") -> None:
    _keep(step, answers=step.obj.answers + 1)
    _tell(step, step.obj.home_id, "supervision_answered")


def drop_clocks(step: "StepRecord") -> None:
    """Put right is not answered: a written answer that never came is neither kept nor missed any more."""
    cancel_clocks(step.obj, now=step.recorded_at)


def tell_addressee(step: "StepRecord") -> None:
    _tell(step, step.obj.addressee_id, f"supervision_{step.to_state}")


def tell_procuratorate(step: "StepRecord") -> None:
    _tell(step, step.obj.procuratorate_id, f"supervision_{step.to_state}")


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, "supervision_answered")
