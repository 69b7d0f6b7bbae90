"""Second steps lost: one administrator asks, another one of the same agency takes them away."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agencies import factors
from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.kinds import Role
from agencies.models import FactorReset, User
from agencies.services import end_sessions


def reset_of(user: User) -> FactorReset | None:
    """The request that waits for this person, if there is one."""
    return FactorReset.objects.filter(user=user, decided_at=None).select_related("asked_by").first()


def resets_open(actor: Actor) -> QuerySet[FactorReset]:
    """What waits for a second administrator of this agency."""
    waiting = FactorReset.objects.filter(agency=actor.agency_id, decided_at=None)
    return waiting.select_related("user", "asked_by")


@transaction.atomic
def ask(*, actor: Actor, user: User, reason: str) -> FactorReset:
    _only_others(actor, user)
    assert actor.agency_id
    return FactorReset.objects.get_or_create(
        user=user,
        decided_at=None,
        defaults={"agency_id": actor.agency_id, "reason": reason, "asked_by_id": actor.user_id},
    )[0]


@transaction.atomic
def decide(*, actor: Actor, reset: FactorReset, approve: bool) -> None:
    """PermissionDenied for whoever asked, whoever it is about, and administrators of other agencies."""
    reset = FactorReset.objects.select_for_update().select_related("user").get(pk=reset.pk)
    _only_others(actor, reset.user)
    withdraws = reset.asked_by_id == actor.user_id
    if reset.decided_at or reset.agency_id != actor.agency_id or (withdraws and approve):
        raise PermissionDenied
    reset.decided_at, reset.approved = timezone.now(), approve
    reset.decided_by_id = None if withdraws else actor.user_id
    reset.save()
    if approve:
        factors.take_away_all(reset.user)
        end_sessions(user_id=reset.user_id)


def tell(user: User, now: datetime) -> bool:
    """Whether there is something to be told at this sign-in; it is told once."""
    untold = FactorReset.objects.filter(user=user, approved=True, told_at=None)
    return bool(untold.update(told_at=now))


def _only_others(actor: Actor, user: User) -> None:
    if actor.role != Role.ADMINISTRATOR or user.pk in (actor.user_id, SYSTEM_USER_ID):
        raise PermissionDenied
