"""The beat of the house. Tasks take no data; what is due stands in the database."""

from celery import shared_task
from django.utils import timezone

from workflow.relay import relay
from workflow.sweep import sweep


@shared_task(ignore_result=True)
def sweep_deadlines() -> None:
    """Each minute: remind, escalate, and let clocks fire their moves."""
    sweep(timezone.now())


@shared_task(ignore_result=True)
def relay_outbox() -> None:
    """Tell what waits in the outbox."""
    relay(timezone.now())
