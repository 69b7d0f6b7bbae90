"""The beat of the numbers. The task takes nothing: what waits stands in the database."""

from celery import shared_task

from indicators.consumer import count_all
from workflow.now import database_now


@shared_task(ignore_result=True)
def count_steps() -> None:
    """Each second: count the steps and outcomes that are new."""
    count_all(database_now())
