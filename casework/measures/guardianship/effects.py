"""What a step of a guardianship matter causes, through step.obj."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from casework.codes import Body, Trigger
from casework.happenings import HappeningKind
from casework.measures.guardianship.codes import Applicant, Carer
from casework.services import prompt_reassessment, record_happening
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.guardianship.models import Guardianship
    from workflow.models import StepRecord

BODIES: dict[str, Body] = {
    Applicant.FEDERATION: Body.FEDERATION, Applicant.CIVIL_AFFAIRS: Body.CIVIL_AFFAIRS, Applicant.COMMITTEE: Body.COMMITTEE,
    Applicant.SCHOOL: Body.SCHOOL, Applicant.HOSPITAL: Body.HOSPITAL,
}  # fmt: skip


def _note(step: "StepRecord", kind: str, body: str) -> None:
    case = step.obj.case
    record_happening(case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at)


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    """Whoever acted knows already."""
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, "guardianship_decided")


def note_care(step: "StepRecord") -> None:
    matter: Guardianship = step.obj
    by = Body.CIVIL_AFFAIRS if matter.temporary_by == Carer.CIVIL_AFFAIRS else Body.OTHER
    _keep(step, in_care=True)
    _note(step, HappeningKind.TEMPORARY_CARE_PLACED, by)
    for agency_id in (matter.civil_affairs_id, matter.home_id):
        _tell(step, agency_id, "guardianship_care")


def note_end_of_care(step: "StepRecord") -> None:
    """Back with the guardian is back where the harm was: the danger is looked at anew."""
    _keep(step, in_care=False)
    if step.asked["end_of_care"] == "returned":
        look_again(step)


def note_filed(step: "StepRecord") -> None:
    matter: Guardianship = step.obj
    _note(step, HappeningKind.GUARDIANSHIP_REVOCATION_APPLIED, BODIES.get(matter.applicant, Body.OTHER))
    _tell(step, matter.court_id, "guardianship_filed")


def note_revoked(step: "StepRecord") -> None:
    _note(step, HappeningKind.GUARDIANSHIP_REVOKED, Body.COURT)
    tell_home(step)
    _tell(step, step.obj.civil_affairs_id, "guardianship_decided")


def note_appointed(step: "StepRecord") -> None:
    _note(step, HappeningKind.GUARDIAN_APPOINTED, Body.COURT)
    tell_home(step)
    _tell(step, step.obj.civil_affairs_id, "guardianship_decided")


def note_undecided(step: "StepRecord") -> None:
    """The guardian stays: the danger is looked at anew."""
    look_again(step)
    tell_home(step)


def look_again(step: "StepRecord") -> None:
    prompt_reassessment(step.obj.case, actor=step.actor, why=Trigger.REVIEW, now=step.recorded_at)
