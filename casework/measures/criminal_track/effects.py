"""What a step of a criminal matter causes, through step.obj."""

from typing import TYPE_CHECKING
from uuid import UUID

from casework.codes import Body
from casework.happenings import HappeningKind as K
from casework.services import record_happening
from workflow.clocks import cancel_clocks
from workflow.outbox import send

if TYPE_CHECKING:
    from workflow.models import StepRecord


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_federation(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, f"crime_{step.to_state}")


def tell_procuratorate(step: "StepRecord") -> None:
    _tell(step, step.obj.procuratorate_agency_id, "crime_transferred")


def tell_court(step: "StepRecord") -> None:
    _tell(step, step.obj.court_agency_id, "crime_prosecuted")


def _note(step: "StepRecord", kind: K, body: Body) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at,
        details=step.asked.get("account", ""),
    )  # fmt: skip


def note_commissioned(step: "StepRecord") -> None:
    _note(step, K.INJURY_APPRAISAL_COMMISSIONED, Body.POLICE)


def note_appraised(step: "StepRecord") -> None:
    _note(step, K.INJURY_APPRAISAL_DONE, Body.POLICE)


def note_filed(step: "StepRecord") -> None:
    _note(step, K.CASE_FILED, Body.POLICE)


def note_detained(step: "StepRecord") -> None:
    _note(step, K.CRIMINAL_DETENTION, Body.POLICE)


def note_released(step: "StepRecord") -> None:
    """Freedom of the suspect is a danger to her: the timeline's entry asks for a new assessment."""
    _tell(step, step.obj.home_id, "crime_released")
    _note(step, K.PERPETRATOR_RELEASED, Body.POLICE)


def note_charged(step: "StepRecord") -> None:
    _note(step, K.PROSECUTION, Body.PROCURATORATE)


def note_convicted(step: "StepRecord") -> None:
    _note(step, K.CONVICTION, Body.COURT)


def note_judged(step: "StepRecord") -> None:
    _note(step, K.JUDGMENT, Body.COURT)


def drop_clocks(step: "StepRecord") -> None:
    """An appraisal that nobody waits for any more is neither kept nor missed."""
    cancel_clocks(step.obj, now=step.recorded_at)
