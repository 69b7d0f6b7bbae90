"""What a step of a recovery plan causes, through step.obj."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from casework.codes import Trigger
from casework.happenings import HappeningKind
from casework.measures.recovery_plan.codes import HELPED, Aid, Attendance, GoalState, Progress, Safe
from casework.services import prompt_reassessment, record_happening

if TYPE_CHECKING:
    from casework.measures.recovery_plan.models import RecoveryPlan
    from workflow.models import StepRecord


def _note(step: "StepRecord", kind: str, body: str) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at
    )


def add_goal(step: "StepRecord") -> None:
    plan: RecoveryPlan = step.obj
    row = plan.goals.model(
        plan=plan, number=plan.goals.count() + 1, field=step.asked["field"], text=step.asked["goal"]
    )
    by: date | None = step.asked.get("by")
    row.by = by
    row.acting(step.actor).save()


def settle_goal(step: "StepRecord") -> None:
    plan: RecoveryPlan = step.obj
    row = plan.goals.get(state=GoalState.OPEN, number=step.asked["which"])
    row.state, row.settled_on = step.asked["reached"], timezone.localdate(step.recorded_at)
    row.acting(step.actor).save()


def record_session(step: "StepRecord") -> None:
    plan: RecoveryPlan = step.obj
    row = plan.sessions.model(
        plan=plan, held=step.asked["held"], holder=step.asked["holder"], attendance=step.asked["attendance"],
        account=step.asked.get("account"),
    )  # fmt: skip
    row.happened = step.when
    row.acting(step.actor).save()
    if row.attendance == Attendance.CAME:
        _note(step, HappeningKind.COUNSELLING_DONE, row.holder)


def ask_for_aid(step: "StepRecord") -> None:
    plan: RecoveryPlan = step.obj
    row = plan.aids.model(
        plan=plan, number=plan.aids.count() + 1, kind=step.asked["aid"], body=step.asked["body"],
        account=step.asked.get("account"),
    )  # fmt: skip
    row.happened = step.when
    row.acting(step.actor).save()


def record_answer(step: "StepRecord") -> None:
    plan: RecoveryPlan = step.obj
    row = plan.aids.get(number=step.asked["request"])
    row.answer, row.yuan = step.asked["answer"], step.asked.get("yuan")
    row.answered_on = timezone.localdate(step.happened_to or step.recorded_at)
    row.acting(step.actor).save()
    if row.kind == Aid.JUDICIAL and row.answer in HELPED:
        _note(step, HappeningKind.JUDICIAL_RELIEF_GRANTED, row.body)


def note_review(step: "StepRecord") -> None:
    """If she is worse or not safe, the danger is looked at again before anything else."""
    plan: RecoveryPlan = step.obj
    plan.reviews += 1
    plan.acting(step.actor).save()
    if step.asked["safe"] == Safe.NO or step.asked["progress"] == Progress.WORSE:
        prompt_reassessment(plan.case, actor=step.actor, why=Trigger.REVIEW, now=step.recorded_at)
