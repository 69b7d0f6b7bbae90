"""Background work of the visits room."""

from celery import shared_task
from django.utils import timezone

from casework.measures.follow_up_visit.services import open_visit_tasks, take_up_task


@shared_task
def take_up_visit_tasks() -> None:
    """Make a visit of every task that asks for one."""
    for task in open_visit_tasks():
        take_up_task(task, now=timezone.now())
