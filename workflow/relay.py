"""Deliver what waits in the outbox: each row once, in order, by however many workers."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from workflow.models import Notice, OutboxMessage

BATCH = 200


def relay(now: datetime) -> int:
    """Deliver all waiting messages; how many there were. Safe to run twice or side by side."""
    told = 0
    while batch := _relay_batch(now):
        told += batch
    return told


@transaction.atomic
def _relay_batch(now: datetime) -> int:
    """Rows another worker holds are skipped. Delivery and its mark are one transaction."""
    waiting = OutboxMessage.objects.filter(sent_at=None).order_by("seq")
    messages = list(waiting.select_for_update(skip_locked=True)[:BATCH])
    for topic, deliver in DELIVER.items():
        deliver([message for message in messages if message.topic == topic])
    OutboxMessage.objects.filter(pk__in=[message.pk for message in messages]).update(sent_at=now)
    return len(messages)


def _to_inbox(messages: list[OutboxMessage]) -> None:
    notices = [
        Notice(
            id=message.pk,
            agency_id=message.agency_id,
            kind=message.kind,
            flow=message.flow,
            obj_id=message.obj_id,
            subject_id=message.subject_id,
            created_at=message.created_at,
        )
        for message in messages
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


DELIVER: dict[str, Callable[[list[OutboxMessage]], None]] = {"notice": _to_inbox}
