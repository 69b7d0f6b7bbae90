"""What has to be told is written down in the transaction of its cause and told afterwards, once."""

from typing import TYPE_CHECKING
from uuid import UUID

from celery import current_app
from django.db import transaction

from workflow.models import OutboxMessage

if TYPE_CHECKING:
    from workflow.models import LifeModel


def send(*, topic: str = "notice", agency_id: UUID, kind: str, obj: "LifeModel") -> OutboxMessage:
    """Queue a message to an agency about a life. Only ids and codes travel.

    The worker is only nudged: if the broker is down, the beat finds the row later, and the move stands.
    """
    message = OutboxMessage.objects.create(
        topic=topic,
        agency_id=agency_id,
        kind=kind,
        flow=obj.flow.key,
        obj_id=obj.pk,
        subject_id=obj.subject_id,
    )
    transaction.on_commit(_nudge, robust=True)
    return message


def _nudge() -> None:
    # By name: the task reaches the sweep, the sweep the engine, and effects reach this module.
    current_app.send_task("workflow.tasks.relay_outbox", ignore_result=True, retry=False, expires=60)
