"""The beat of the numbers. The task takes nothing: what waits stands in the database."""

from celery import shared_task
from django.utils import timezone

from indicators.consumer import count_all


@shared_task(ignore_result=True)
def count_steps() -> None:
    """Each second: count the steps and outcomes that are new."""
    count_all(timezone.now())
