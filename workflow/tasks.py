"""The beat of the house. Tasks take no data; what is due stands in the database."""

from celery import shared_task

from workflow.now import database_now
from workflow.relay import relay
from workflow.sweep import sweep


@shared_task(ignore_result=True)
def sweep_deadlines() -> None:
    """Each minute: remind, escalate, and let clocks fire their moves."""
    sweep(database_now())


@shared_task(ignore_result=True)
def relay_outbox() -> None:
    """Tell what waits in the outbox."""
    relay(database_now())
