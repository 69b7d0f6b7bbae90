"""Reads that other rooms may use."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Posting, User
from agencies.postings import is_as_given


def actor_of(posting: Posting) -> Actor:
    """The actor of a posting whose user and agency are loaded."""
    agency = posting.agency
    return Actor(
        posting.user_id,
        posting.pk,
        agency.pk,
        agency.kind,
        posting.role,
        str(posting.user.display_name),
        getattr(posting, "emergency", None),
    )


def postings_of(user: User, now: datetime) -> list[Posting]:
    """The postings in which this user may act now."""
    found = Posting.objects.in_force(now).filter(user=user).select_related("user", "agency")
    return [posting for posting in found if is_as_given(posting, now)]


def actor_for(user: User, posting: Posting | None = None) -> Actor:
    """The actor of `posting`, or of the user's only posting in force; LookupError if there is not one."""
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
    """Every agency in use with the postings in force there, federations first; two queries."""
    held: dict[UUID, list[Posting]] = {}
    for posting in Posting.objects.in_force(now).select_related("user").order_by("role", "user__username"):
        held.setdefault(posting.agency_id, []).append(posting)
    agencies = sorted(Agency.objects.filter(is_active=True), key=lambda a: AgencyKind.values.index(a.kind))
    return [(agency, held.get(agency.pk, [])) for agency in agencies]


def people_without_posting(now: datetime) -> list[User]:
    """Accounts nobody can work with today: no posting in force, or closed."""
    posted = Posting.objects.in_force(now).values("user_id")
    return list(User.objects.exclude(pk=SYSTEM_USER_ID).exclude(pk__in=posted))


def field_words(table: str, names: Iterable[str]) -> str:
    """The columns of a live table as people call them; what has gone since keeps its code."""
    model = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    known: dict[str, Any] = {"file": _("File"), "original": _("Original file")}
    known |= {field.name: field.verbose_name for field in model._meta.concrete_fields} if model else {}
    return "、".join(str(known.get(name, name)) for name in names)


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names to show beside what people did; what nobody did is the system's, in the reader's language."""
    names = dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "display_name"))
    return names | {SYSTEM_USER_ID: str(Role.SYSTEM.label)}
