"""What a step of a stay causes, through step.obj. Nothing here ever names the place."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import open_task, prompt_reassessment, record_happening
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.shelter_stay.models import ShelterStay
    from workflow.models import StepRecord

# Our own rules, not law.
ELSEWHERE_WITHIN = timedelta(hours=2)
VISIT_AFTER = timedelta(days=1)


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def _note(step: "StepRecord", kind: str, body: str = Body.CIVIL_AFFAIRS) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at
    )


def tell_shelter(step: "StepRecord") -> None:
    _tell(step, step.obj.agency_id, "shelter_asked" if step.move == "request" else "shelter_dropped")


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, f"shelter_{step.to_state}")


def note_request(step: "StepRecord") -> None:
    _note(step, HappeningKind.SHELTER_REQUESTED, Body.VICTIM)


def note_arrival(step: "StepRecord") -> None:
    """Day nought is the day she comes; the day agreed for leaving follows from the norm of the site."""
    stay: ShelterStay = step.obj
    stay.admitted_from, stay.admitted_to = step.happened_from, step.happened_to
    stay.leave_by = stay.agreed_end if step.happened_to else None
    stay.acting(step.actor).save()
    _note(step, HappeningKind.SHELTER_ADMITTED)


def note_care(step: "StepRecord") -> None:
    stay: ShelterStay = step.obj
    stay.admitted_from, stay.admitted_to = step.happened_from, step.happened_to
    stay.acting(step.actor).save()
    _note(step, HappeningKind.TEMPORARY_CARE_PLACED)


def look_elsewhere(step: "StepRecord") -> None:
    """No place here is no answer to her: another one is looked for at once, and the clock of help runs on."""
    stay: ShelterStay = step.obj
    due = step.recorded_at + ELSEWHERE_WITHIN
    open_task(stay.case, actor=step.actor, kind=TaskKind.OTHER, due_at=due, obj=stay)
    _tell(step, stay.home_id, "shelter_no_place")


def note_longer(step: "StepRecord") -> None:
    _note(step, HappeningKind.SHELTER_EXTENDED)
    _tell(step, step.obj.home_id, "shelter_longer")


def note_entry(step: "StepRecord") -> None:
    """The registers of comings and goings, visitors and looks into the file (S11)."""
    stay: ShelterStay = step.obj
    row = stay.entries.model(
        case=stay.case, stay=stay, kind=step.asked["entry"], note=step.asked.get("note") or None
    )
    row.happened = step.when
    row.acting(step.actor).save()


def note_exit(step: "StepRecord") -> None:
    """Leaving is a moment of danger: the danger is looked at again."""
    stay: ShelterStay = step.obj
    stay.left_on = timezone.localdate(step.happened_to or step.recorded_at) if step.happened_to else None
    stay.acting(step.actor).save()
    _note(step, HappeningKind.SHELTER_LEFT)
    prompt_reassessment(stay.case, actor=step.actor, why=Trigger.SEPARATION, now=step.recorded_at)


def plan_visit(step: "StepRecord") -> None:
    """She is visited after she has left; the visits room takes this task up."""
    due = (step.happened_to or step.recorded_at) + VISIT_AFTER
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WF_VISIT, due_at=due, obj=step.obj)
