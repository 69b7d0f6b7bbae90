"""What a step of a mandatory report causes, through step.obj."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from agencies.bodies import body_for
from agencies.kinds import AgencyKind
from casework.codes import Body
from casework.happenings import HappeningKind
from casework.measures.mandatory_report.codes import Duty, Feedback, Origin, Unit
from casework.services import record_happening
from workflow.clocks import cancel_clocks
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.mandatory_report.models import MandatoryReport
    from workflow.models import StepRecord

NEWS = {"take_up": "report_taken", "refuse": "report_refused"}


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    """Whoever acted knows already."""
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def note_found(step: "StepRecord") -> None:
    """What a body reports goes to the police at once; what we find ourselves, with our own report.

    A private person's word about an adult who can still decide is looked at first (ADVL 5).
    """
    report: MandatoryReport = step.obj
    if report.happened_to is None and report.happened_from is None:
        report.happened = step.when
    station = report.police_agency or body_for(
        AgencyKind.POLICE, report.case.area or report.case.agency.area, report.case_id
    )
    asks_first = report.duty == Duty.UNABLE and report.unit == Unit.CITIZEN
    at_once = report.origin != Origin.FEDERATION and not asks_first
    _keep(step, police_agency=station, open_to_police=at_once)
    _tell(step, report.home_id, "report_found")
    if at_once:
        _tell(step, report.police_agency_id, "report_found")


def note_made(step: "StepRecord") -> None:
    """The first time counts. Who reported does not stand on the timeline, unless it was ourselves."""
    report: MandatoryReport = step.obj
    if not report.reported:
        who = Body.FEDERATION if report.origin == Origin.FEDERATION else Body.OTHER
        record_happening(
            report.case, actor=step.actor, kind=HappeningKind.MANDATORY_REPORT_MADE, when=step.when, actor_body=who,
            now=step.recorded_at,
        )  # fmt: skip
    _keep(step, reported=True, open_to_police=True)


def tell_police(step: "StepRecord") -> None:
    _tell(step, step.obj.police_agency_id, "report_made")


def tell_home(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, NEWS.get(step.move, "report_answered"))


def note_refusal(step: "StepRecord") -> None:
    _keep(step, feedback=Feedback.REFUSED)


def note_feedback(step: "StepRecord") -> None:
    _keep(step, feedback=step.asked["outcome"])


def chase(step: "StepRecord") -> None:
    _keep(step, chased=step.obj.chased + 1)
    _tell(step, step.obj.police_agency_id, "report_chased")


def send_clue(step: "StepRecord") -> None:
    """The procuratorate of the place supervises whether the police file (MR20 11)."""
    report: MandatoryReport = step.obj
    body = body_for(AgencyKind.PROCURATORATE, report.case.area or report.case.agency.area, report.case_id)
    _keep(step, procuratorate=body, clue_answered=False)
    _tell(step, report.procuratorate_id, "report_clue")


def answer_clue(step: "StepRecord") -> None:
    _keep(step, clue_answered=True)
    _tell(step, step.obj.home_id, "report_clue_answered")


def note_proposal(step: "StepRecord") -> None:
    _keep(step, proposed_by=step.actor.user_id)


def end_duty(step: "StepRecord") -> None:
    """Signed by two: the clock has lost its point and gets no verdict."""
    cancel_clocks(step.obj, now=step.recorded_at)


def note_missed(step: "StepRecord") -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=HappeningKind.MANDATORY_REPORT_MISSED, when=step.obj.happened,
        actor_body=Body.OTHER, now=step.recorded_at,
    )  # fmt: skip


def note_sanction(step: "StepRecord") -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=HappeningKind.REPORTER_SANCTIONED, when=step.when, actor_body=Body.OTHER,
        now=step.recorded_at,
    )  # fmt: skip
