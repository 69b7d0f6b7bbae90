"""What a step of a talk causes, through step.obj."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from workflow.outbox import send

if TYPE_CHECKING:
    from workflow.models import StepRecord

TOLD = frozenset({"proposed", "called", "inspection"})


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def number_talk(step: "StepRecord") -> None:
    """The next number of the federation's year, without gaps."""
    year = timezone.localdate(step.recorded_at).year
    _keep(step, year=year, serial=step.obj.next_serial(year))


def note_absence(step: "StepRecord") -> None:
    _keep(step, absences=step.obj.absences + 1)


def tell_partners(step: "StepRecord") -> None:
    """The labour authority always; the union once there is a day. Nobody hears of what was only prepared."""
    if step.from_state == "drafted" and step.to_state != "proposed":
        return
    kind = f"joint_talk_{step.to_state}" if step.to_state in TOLD else "joint_talk_news"
    _tell(step, step.obj.labour_office_id, kind)
    if step.from_state != "drafted":
        _tell(step, step.obj.union_id, kind)


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, "joint_talk_news")
