"""Opening what is sealed in a file. The register of readers is the file's own: it says nothing of a case."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import Role
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from privacy.audit import Purpose
from privacy.reading import reveal, reveal_many
from workflow.answers import answers_of
from workflow.models import StepRecord

KEPT_IN_ROWS = ("record_session", "record_breach")


def _purpose(actor: Actor) -> Purpose:
    return Purpose.LIAISON if actor.role == Role.LIAISON else Purpose.CASEWORK


def open_person(file: PerpetratorIntervention, actor: Actor) -> dict[Any, Any]:
    return reveal(file, "name", "phone", actor=actor, purpose=_purpose(actor))


def open_texts(file: PerpetratorIntervention, actor: Actor) -> dict[Any, Any]:
    """What was said in the sessions and written with the steps, as far as this body wrote it or was meant to read it."""
    rows = [*file.sessions.visible_to(actor), *file.breaches.visible_to(actor)]
    opened = reveal_many([(row, ("account",)) for row in rows], actor=actor, purpose=_purpose(actor))
    found: dict[Any, Any] = {row.pk: shown["account"] for row, shown in zip(rows, opened, strict=True)}
    steps = StepRecord.objects.filter(obj_id=file.pk).exclude(move__in=(*KEPT_IN_ROWS, "open"))
    if actor.role == Role.LIAISON:
        steps = steps.filter(actor_agency=actor.agency_id) | steps.filter(move="ask", to_state="asked")
    shown = list(steps)
    answers = answers_of(shown, actor=actor, purpose=_purpose(actor))
    return found | {"steps": [(step, answers[step.pk]) for step in shown if step.pk in answers]}
