"""What happened at the door and a person should look at: a row for the page of alerts, a line for the log."""

import logging
from datetime import datetime
from uuid import UUID

from agencies.bodies import told_instead
from agencies.models import Posting
from agencies.watchrows import Rule, WatchAlert
from privacy.chainrows import NO_AGENCY

log = logging.getLogger(__name__)
HOUR = 3600


def alarm(rule: Rule, user_id: UUID | None, now: datetime) -> None:
    """Once an hour for the same thing and the same person."""
    key = f"{rule.value}:{user_id or ''}:{int(now.timestamp()) // HOUR}"
    if WatchAlert.objects.filter(key=key).exists():
        return
    latest = Posting.objects.filter(user=user_id).select_related("agency__area").order_by("-starts").first()
    agency, role = (told_instead(latest.agency), latest.role) if user_id and latest else (NO_AGENCY, "")
    row = WatchAlert(key=key, rule=rule, at=now, agency=agency, user=user_id, role=role)
    WatchAlert.objects.bulk_create([row], ignore_conflicts=True)
    log.error("alarm kind=%s user=%s", rule.value, user_id)
