"""What a step of a warning letter causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import open_task, prompt_reassessment, record_happening
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.warning_letter.models import WarningLetter
    from workflow.models import StepRecord

EDUCATION_WITHIN = timedelta(days=7)  # our own rule, not law: wl_wf_education has no number


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def tell_police(step: "StepRecord") -> None:
    """A request lands in the station's inbox."""
    _tell(step, step.obj.police_agency_id, "letter_asked")


def tell_federation(step: "StepRecord") -> None:
    """The federation learns what the police decided (W10)."""
    _tell(step, step.obj.home_id, f"letter_{step.to_state}")


def ask_service(step: "StepRecord") -> None:
    _tell(step, step.obj.police_agency_id, "letter_service_asked")


def tell_of_service(step: "StepRecord") -> None:
    """Federation, committee of the town and governance centre are told (W10); the timeline keeps it."""
    letter: WarningLetter = step.obj
    tell_federation(step)
    area = letter.case.area_id
    if area:
        kinds = (AgencyKind.COMMITTEE, AgencyKind.GOVERNANCE_CENTRE)
        for body in Agency.objects.filter(kind__in=kinds, area_id=area).order_by("kind", "pk"):
            _tell(step, body.pk, "letter_served")
    record_happening(
        letter.case, actor=step.actor, kind=HappeningKind.WARNING_LETTER_SERVED, when=step.when,
        actor_body=Body.POLICE, now=step.recorded_at,
    )  # fmt: skip


def note_notice(step: "StepRecord") -> None:
    letter: WarningLetter = step.obj
    letter.notice_noted = True
    letter.save()


def open_education_task(step: "StepRecord") -> None:
    """The notice makes legal education of the perpetrator the federation's duty (W14)."""
    letter: WarningLetter = step.obj
    open_task(
        letter.case, actor=step.actor, kind=TaskKind.LEGAL_EDUCATION, obj=letter,
        due_at=(step.happened_to or step.recorded_at) + EDUCATION_WITHIN,
    )  # fmt: skip


def note_education(step: "StepRecord") -> None:
    """The open task goes with the duty it stood for."""
    letter: WarningLetter = step.obj
    for task in letter.case.tasks.filter(kind=TaskKind.LEGAL_EDUCATION, obj_id=letter.pk, done_at=None):
        task.done_at, task.done_by_id = step.recorded_at, step.actor.user_id
        task.save()


def count_clean_visit(step: "StepRecord") -> None:
    letter: WarningLetter = step.obj
    letter.clean_visits += 1
    letter.save()
    record_happening(
        letter.case,
        actor=step.actor,
        kind=HappeningKind.POLICE_VISIT_DONE,
        when=step.when,
        actor_body=Body.POLICE,
    )


def record_relapse(step: "StepRecord") -> None:
    """The row of clean visits starts again, and the danger is not what it was."""
    letter: WarningLetter = step.obj
    letter.clean_visits, letter.relapses = 0, letter.relapses + 1
    letter.save()
    tell_federation(step)
    prompt_reassessment(letter.case, actor=step.actor, why=Trigger.NEW_INCIDENT, now=step.recorded_at)
