"""Planning visits: by danger level for a running or closed case, and from the tasks other rooms leave."""

from datetime import datetime, timedelta

from django.db import transaction

from agencies.actor import SYSTEM, Actor
from casework.codes import Danger, TaskKind
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.workflow import Basis, S
from casework.models import Case, Task
from casework.services import finish_task
from workflow.engine import begin
from workflow.rules import rule_data

# Which basis a task stands for, by the life that left it.
BASIS = {"protection_order": Basis.ORDER, "warning_letter": Basis.LETTER, "case": Basis.CLOSING}


def days_for(level: str) -> tuple[int, ...]:
    """Days after the start on which she is asked, by danger level: our own policy, from the clock's data."""
    plan: dict[str, list[int]] = rule_data("wf_post_close_follow_up").policy["by_danger"]
    key = level if level in plan else Danger.MEDIUM
    return tuple(plan[key])


@transaction.atomic
def plan_visits(case: Case, *, actor: Actor, basis: str, start: datetime) -> list[FollowUpVisit]:
    """The whole row of visits this danger level asks for; days already planned for are left as they are."""
    planned = set(
        FollowUpVisit.objects.filter(case=case, basis=basis, state__in=(S.PLANNED, S.MISSED)).values_list(
            "due_at", flat=True
        )
    )
    due = [start + timedelta(days=days) for days in days_for(case.danger)]
    return [
        begin(FollowUpVisit, actor=actor, case=case, basis=basis, due_at=day)
        for day in due
        if day not in planned
    ]


@transaction.atomic
def take_up_task(task: Task, *, now: datetime) -> FollowUpVisit:
    """Turn a task "visit by the federation" into a visit, once."""
    visit: FollowUpVisit = begin(
        FollowUpVisit, actor=SYSTEM, key=f"visit-of-task-{task.pk}", case=task.case, due_at=task.due_at or now,
        basis=BASIS.get(task.flow, Basis.DANGER),
    )  # fmt: skip
    finish_task(task, actor=SYSTEM, now=now)
    return visit


def open_visit_tasks() -> list[Task]:
    return list(Task.objects.filter(kind=TaskKind.WF_VISIT, done_at=None).select_related("case")[:200])
