"""What a visit causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import open_task, prompt_reassessment, record_happening

if TYPE_CHECKING:
    from casework.measures.follow_up_visit.models import FollowUpVisit
    from workflow.models import StepRecord

TRACE_WITHIN = timedelta(hours=24)  # our own rule: who cannot be reached is looked for within a day


def plan_next(step: "StepRecord") -> None:
    """A date was agreed for the next visit: it is asked for as a task, and the room makes the visit of it."""
    visit: FollowUpVisit = step.obj
    if visit.next_due_at:
        open_task(
            visit.case,
            actor=step.actor,
            kind=TaskKind.WF_VISIT,
            reason=Trigger.REVIEW,
            due_at=visit.next_due_at,
            obj=visit,
        )


def record_violence(step: "StepRecord") -> None:
    """New violence raises the question of danger again at once (GC18 13)."""
    visit: FollowUpVisit = step.obj
    if visit.new_violence:
        prompt_reassessment(visit.case, actor=step.actor, why=Trigger.NEW_INCIDENT, now=step.recorded_at)
    elif visit.order_kept is False:
        prompt_reassessment(visit.case, actor=step.actor, why=Trigger.ORDER_VIOLATED, now=step.recorded_at)


def note_visit(step: "StepRecord") -> None:
    visit: FollowUpVisit = step.obj
    record_happening(
        visit.case,
        actor=step.actor,
        kind=HappeningKind.VISIT_DONE,
        when=step.when,
        actor_body=Body.FEDERATION,
    )


def trace(step: "StepRecord") -> None:
    """Nobody answered: try another safe channel, then the committee, then a welfare check, until contact."""
    visit: FollowUpVisit = step.obj
    visit.attempts += 1
    visit.save()
    due = step.recorded_at + TRACE_WITHIN
    open_task(visit.case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=due, obj=visit)
