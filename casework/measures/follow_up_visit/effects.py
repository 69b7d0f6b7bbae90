"""What a step of a visit causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.kinds import AgencyKind
from casework.codes import Body, Danger, TaskKind, Trigger, Wish
from casework.happenings import HappeningKind
from casework.measures.follow_up_visit.codes import Answer, Basis
from casework.services import (
    close_follow_up,
    finish_task,
    open_task,
    prompt_reassessment,
    record_happening,
    record_incident,
)
from workflow.outbox import send
from workflow.when import Precision, When

if TYPE_CHECKING:
    from casework.measures.follow_up_visit.models import FollowUpVisit
    from workflow.models import StepRecord

# Our own rules, not law: how soon the next step of the search is due, and when a danger scale is too old.
TRACE_WITHIN = {Danger.HIGH: timedelta(hours=4)}
TRACE_ELSE = timedelta(hours=24)
WANTS_WITHIN = timedelta(days=1)
SCALE_IS_OLD = timedelta(days=30)
BODIES = {AgencyKind.COMMITTEE: Body.COMMITTEE, AgencyKind.POLICE: Body.POLICE}


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def record_findings(step: "StepRecord") -> None:
    """New violence is an incident of the case; each finding asks what it has to ask (GC18 13)."""
    visit: FollowUpVisit = step.obj
    if visit.new_violence == Answer.YES:
        when = When(None, step.happened_to, Precision.UNKNOWN)
        record_incident(
            visit.case, actor=step.actor, when=when, forms=visit.violence_forms, injured=visit.injured or None
        )
    if why := _why_look_again(step, visit):
        prompt_reassessment(visit.case, actor=step.actor, why=why, now=step.recorded_at)
    if visit.wants:
        wishes = "、".join(str(Wish(code).label) for code in visit.wants)
        open_task(
            visit.case, actor=step.actor, kind=TaskKind.OTHER, due_at=step.recorded_at + WANTS_WITHIN, obj=visit,
            text=_("At a visit she asked for: %(wishes)s") % {"wishes": wishes},
        )  # fmt: skip


def _why_look_again(step: "StepRecord", visit: "FollowUpVisit") -> str:
    """Why the danger is to be assessed again, most pressing first. New violence asks by itself."""
    if visit.order_kept == Answer.NO:
        return Trigger.ORDER_VIOLATED
    if step.asked.get("danger_grew") or visit.letter_kept == Answer.NO or visit.safe_place == Answer.NO:
        return Trigger.THREAT
    last = visit.last_assessed_at()
    return Trigger.REVIEW if last and last < step.recorded_at - SCALE_IS_OLD else ""


def note_visit(step: "StepRecord") -> None:
    """The timeline keeps it; after closing it is the follow-up that the case waits for."""
    visit: FollowUpVisit = step.obj
    record_happening(
        visit.case, actor=step.actor, kind=HappeningKind.VISIT_DONE, when=step.when, actor_body=Body.FEDERATION,
        now=step.recorded_at,
    )  # fmt: skip
    if visit.basis == Basis.CLOSING:
        close_follow_up(
            visit.case,
            actor=step.actor,
            at=step.when,
            safe=visit.safe_place or Answer.UNKNOWN,
            now=step.recorded_at,
        )


def plan_next(step: "StepRecord") -> None:
    """The next visit of the plan, or the one agreed with her."""
    step.obj.plan_following(step.recorded_at)


def trace(step: "StepRecord") -> None:
    """Nobody answered: another safe channel, then the committee, then a welfare check, until contact."""
    visit: FollowUpVisit = step.obj
    visit.attempts += 1
    visit.acting(step.actor).save()
    _ask_on(step)


def _ask_on(step: "StepRecord") -> None:
    """One open task at a time says that the search goes on, and until when."""
    visit: FollowUpVisit = step.obj
    close_traces(step)
    due = step.recorded_at + TRACE_WITHIN.get(Danger(visit.case.danger), TRACE_ELSE)
    open_task(visit.case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=due, obj=visit)


def close_traces(step: "StepRecord") -> None:
    visit: FollowUpVisit = step.obj
    for task in visit.case.tasks.filter(kind=TaskKind.WELFARE_CHECK, obj_id=visit.pk, done_at=None):
        finish_task(task, actor=visit.keeper(step.actor), now=step.recorded_at)


def ask_helper(step: "StepRecord") -> None:
    step.obj.mark_asked(step.actor, step.recorded_at)
    _tell(step, step.obj.helper_id, "visit_asked")


def ask_station(step: "StepRecord") -> None:
    step.obj.mark_asked(step.actor, step.recorded_at)
    _tell(step, step.obj.police_agency_id, "visit_check_asked")


def note_seen(step: "StepRecord") -> None:
    """Others saw her; the federation still has to speak to her."""
    visit: FollowUpVisit = step.obj
    body = BODIES.get(AgencyKind(step.actor.kind), Body.FEDERATION) if step.actor.kind else Body.UNKNOWN
    kind = HappeningKind.POLICE_VISIT_DONE if body == Body.POLICE else HappeningKind.VISIT_DONE
    record_happening(
        visit.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at
    )
    _ask_on(step)
    _tell(step, visit.home_id, "visit_seen" if step.move == "seen_well" else "visit_trouble")


def note_not_seen(step: "StepRecord") -> None:
    _ask_on(step)
    _tell(step, step.obj.home_id, "visit_not_seen")


def alarm(step: "StepRecord") -> None:
    """Something is wrong there: the danger is looked at again at once."""
    prompt_reassessment(step.obj.case, actor=step.actor, why=Trigger.THREAT, now=step.recorded_at)
