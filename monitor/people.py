"""Whom the monitor knows: the statistics bureau, the committee office, and units that report."""

from django.db.models import Q

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Area

READERS = (Role.LIAISON, Role.SUPERVISOR)


def is_bureau(actor: Actor) -> bool:
    return actor.kind == AgencyKind.STATISTICS and actor.role in READERS


def is_office(actor: Actor) -> bool:
    return actor.kind == AgencyKind.COMMITTEE_OFFICE and actor.role in READERS


def in_area(actor: Actor) -> Q:
    """Rows of the area the actor's agency works in."""
    return Q(area__in=Area.objects.filter(agencies=actor.agency_id).order_by())
