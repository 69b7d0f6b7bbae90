"""Reads that other rooms may use."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.models import Agency, Posting, User


def actor_of(posting: Posting) -> Actor:
    """The actor of a posting whose user and agency are loaded."""
    agency = posting.agency
    return Actor(
        posting.user_id, posting.pk, agency.pk, agency.kind, posting.role, str(posting.user.display_name)
    )


def postings_of(user: User, now: datetime) -> list[Posting]:
    """The postings in which this user may act now."""
    return list(Posting.objects.in_force(now).filter(user=user).select_related("user", "agency"))


def actor_for(user: User, posting: Posting | None = None) -> Actor:
    """The actor of `posting`, or of the user's only posting in force; LookupError if there is not just one."""
    if posting is not None:
        return actor_of(posting)
    found = postings_of(user, timezone.now())
    if len(found) != 1:
        raise LookupError(f"{len(found)} postings in force")
    return actor_of(found[0])


def superiors(agency: Agency) -> list[Agency]:
    """Where overdue matters of this agency go up to, nearest first; one query per step up."""
    found: list[Agency] = []
    above = agency.escalates_to
    while above is not None and above not in found:
        found.append(above)
        above = above.escalates_to
    return found


def people_by_agency(now: datetime) -> list[tuple[Agency, list[Posting]]]:
    """Every agency in use with the postings in force there; two queries."""
    held: dict[UUID, list[Posting]] = {}
    for posting in Posting.objects.in_force(now).select_related("user").order_by("role", "user__username"):
        held.setdefault(posting.agency_id, []).append(posting)
    agencies = Agency.objects.filter(is_active=True).select_related("area")
    return [(agency, held.get(agency.pk, [])) for agency in agencies]


def people_without_posting(now: datetime) -> list[User]:
    """Accounts nobody can work with today: no posting in force, or closed."""
    posted = Posting.objects.in_force(now).values("user_id")
    return list(User.objects.exclude(pk=SYSTEM_USER_ID).exclude(pk__in=posted))
