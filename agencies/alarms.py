"""What an administrator should look at: a row for the page, a line for the log. Ids and codes only."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from agencies.models import Alarm

log = logging.getLogger(__name__)
ONCE_IN = timedelta(hours=1)


def alarm(kind: Alarm.Kind, user_id: UUID | None, now: datetime) -> None:
    """Once an hour for the same thing and the same person."""
    same = Q(user=user_id) if user_id else Q(user=None)
    if not Alarm.objects.filter(same, kind=kind, at__gt=now - ONCE_IN).exists():
        Alarm.objects.create(kind=kind, user_id=user_id, at=now)
        log.error("alarm kind=%s user=%s", kind.value, user_id)
