"""Commands on accounts, postings and agencies. Whatever changes what a person may do ends their sessions."""

import secrets
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.kinds import Role
from agencies.models import Agency, Network, OpenSession, Posting, User

# Without the signs that are mistaken for each other when read out on the telephone.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Four groups of four signs: about 79 bits, easy to read out."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create_user(*, actor: Actor, username: str, display_name: str) -> tuple[User, str]:
    """The new account and its one-time password, which is stored nowhere."""
    _only_administrators(actor)
    password = one_time_password()
    user = User.objects.create_user(
        username, password, display_name=display_name, must_change_password=True, by=actor.user_id
    )
    return user, password


@transaction.atomic
def give_posting(
    *,
    actor: Actor,
    user: User,
    agency: Agency,
    role: Role,
    starts: datetime | None = None,
    ends: datetime | None = None,
) -> Posting:
    """ValidationError when nobody holds this role there, or the posting is held already."""
    _not_oneself(actor, user.pk)
    posting = Posting(user=user, agency=agency, role=role, starts=starts or timezone.now(), ends=ends)
    posting.full_clean()
    _save(posting, actor)
    end_sessions(user_id=user.pk)
    return posting


@transaction.atomic
def end_posting(*, actor: Actor, posting: Posting, now: datetime) -> None:
    """A posting that has not begun is taken back; one that has ended stays as it is."""
    _not_oneself(actor, posting.user_id)
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.starts >= now:
        posting._history_user = actor.user_id  # type: ignore[attr-defined]
        posting.delete()
    elif posting.ends is None or posting.ends > now:
        posting.ends = now
        _save(posting, actor)
    end_sessions(user_id=posting.user_id)


@transaction.atomic
def set_active(*, actor: Actor, user: User, active: bool) -> None:
    _not_oneself(actor, user.pk)
    user.is_active = active
    _save(user, actor)
    end_sessions(user_id=user.pk)


@transaction.atomic
def reset_password(*, actor: Actor, user: User) -> str:
    """A one-time password in place of the old one; the person sets a new one at the next sign-in."""
    _not_oneself(actor, user.pk)
    password = one_time_password()
    _set_password(user, password, by=actor.user_id, one_time=True)
    return password


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Somebody changes their own password; all their sessions end, this one too unless it is stamped anew."""
    if actor.user_id != user.pk:
        raise PermissionDenied
    _set_password(user, password, by=actor.user_id, one_time=False)


@transaction.atomic
def save_agency(*, actor: Actor, agency: Agency) -> Agency:
    _only_administrators(actor)
    agency.full_clean()
    _save(agency, actor)
    return agency


def end_sessions(*, user_id: UUID) -> None:
    """Every session of this user, on every machine, is over at its next request."""
    User.objects.filter(pk=user_id).update(session_epoch=F("session_epoch") + 1)
    OpenSession.objects.filter(user=user_id).delete()


def _set_password(user: User, password: str, *, by: UUID, one_time: bool) -> None:
    user.set_password(password)
    user.must_change_password, user.password_changed_at = one_time, timezone.now()
    user._history_user = by  # type: ignore[attr-defined]
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    end_sessions(user_id=user.pk)


def _save(row: Agency | Posting | User, actor: Actor) -> None:
    row._history_user = actor.user_id  # type: ignore[union-attr]
    row.save()


def _only_administrators(actor: Actor) -> None:
    if not actor.is_system and actor.role != Role.ADMINISTRATOR:
        raise PermissionDenied


def _not_oneself(actor: Actor, user_id: UUID) -> None:
    """Nobody gives themselves a role, and nobody changes the account that clocks act as."""
    _only_administrators(actor)
    if user_id in (actor.user_id, SYSTEM_USER_ID):
        raise PermissionDenied


@transaction.atomic
def set_networks(*, actor: Actor, agency: Agency, cidrs: list[str]) -> None:
    """From these networks people of the agency may work from now on; the agency's history names who said so."""
    _only_administrators(actor)
    agency.networks.exclude(cidr__in=cidrs).delete()
    Network.objects.bulk_create([Network(agency=agency, cidr=cidr) for cidr in cidrs], ignore_conflicts=True)
    _save(agency, actor)
