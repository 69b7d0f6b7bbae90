"""Background work of the visits room."""

import logging

from celery import shared_task

from casework.measures.follow_up_visit.services import (
    AT_ONCE,
    cases_to_plan,
    open_visit_tasks,
    plan_by_danger,
    take_up_task,
)
from workflow.now import database_now

log = logging.getLogger(__name__)


@shared_task
def take_up_visit_tasks() -> None:
    """Make a visit of every task that asks for one, and of every new look at the danger. One bad row stops nothing."""
    now = database_now()
    for task in open_visit_tasks():
        try:
            take_up_task(task, now=now)
        except Exception:
            log.exception("visit_not_planned task=%s", task.pk)
    for case in cases_to_plan()[:AT_ONCE]:
        try:
            plan_by_danger(case, now=now)
        except Exception:
            log.exception("visit_not_planned case=%s", case.pk)
