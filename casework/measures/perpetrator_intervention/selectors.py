"""Reads for the page of a file. Nothing sealed is opened here."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import Role
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from casework.models import Case
from workflow.selectors import StepLine, steps_of


def rows_of(file: PerpetratorIntervention, actor: Actor) -> dict[str, Any]:
    """Sessions, breaches and steps, as far as this body may know of them."""
    return {
        "sessions": list(file.sessions.visible_to(actor).select_related("held_by")),
        "breaches": list(file.breaches.visible_to(actor)),
        "steps": [line for line in steps_of(file) if _may_know(line, actor)],
    }


def _may_know(line: StepLine, actor: Actor) -> bool:
    return actor.role != Role.LIAISON or line.step.actor_agency == actor.agency_id or line.step.move == "ask"


def case_of(file: PerpetratorIntervention, actor: Actor) -> Case | None:
    """The way back, for the case's own workers; for everybody else there is none."""
    found: Case | None = Case.objects.visible_to(actor).filter(pk=file.case_id).first()
    return found
