"""A wish for a visit is taken up at once by the room of visits, which this floor does not know: by name."""

from celery import current_app
from django.db import transaction

TAKE_UP = "casework.measures.follow_up_visit.tasks.take_up_visit_tasks"


def ask_for_visits() -> None:
    """After the commit, nudge the worker; if the broker is down, the beat finds what waits a minute later."""
    transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    current_app.send_task(TAKE_UP, ignore_result=True, retry=False, expires=60)
