"""A posting at the door: in force, as it was given, and from a network where it counts."""

from datetime import datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from agencies.alarms import alarm
from agencies.marks import is_genuine
from agencies.models import Network, Posting
from agencies.networks import admits
from agencies.watchrows import Rule


def at_the_door(now: datetime) -> QuerySet[Posting]:
    """Postings in force with user, agency and the agency's networks: one query."""
    networks = Network.objects.filter(agency=OuterRef("agency")).values("cidr")
    found = Posting.objects.in_force(now).with_emergency().select_related("user", "agency")
    return cast("QuerySet[Posting]", found.annotate(cidrs=ArraySubquery(networks)))


def may_enter(posting: Posting, address: str | None, now: datetime) -> bool:
    """Whether this posting (from `at_the_door`) counts for somebody who comes from there."""
    return is_as_given(posting, now) and admits(cast(Any, posting).cidrs, address)


def is_as_given(posting: Posting, now: datetime) -> bool:
    """False, and an alarm, where the row was changed or made by somebody without the key."""
    if is_genuine(posting):
        return True
    alarm(Rule.CHANGED_POSTING, posting.user_id, now)
    return False
