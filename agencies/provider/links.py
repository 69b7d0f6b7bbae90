"""Which user a subject of the provider is: said by an administrator, and by nobody's name or mail address."""

import hmac
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.actor import SYSTEM_USER_ID, Actor
from agencies.alarms import alarm
from agencies.kinds import Role
from agencies.models import ProviderLink, User
from agencies.services import end_sessions
from agencies.watchrows import Rule
from privacy.keyrows import KeyState
from privacy.keys import CHECKS, PurposeKey, ring
from privacy.purposes import Purpose


class Taken(Exception):
    """This subject is somebody else's already."""


@transaction.atomic
def link(*, actor: Actor, user: User, subject: str) -> ProviderLink:
    """From now on the provider's word for this subject is this user's; an earlier link of hers ends."""
    _only_others(actor, user)
    if ProviderLink.objects.filter(subject__in=_tags(subject)).exclude(user=user).exists():
        raise Taken
    ProviderLink.objects.filter(user=user).delete()
    key = ring.purpose_keys(Purpose.POSTING, (KeyState.PRIMARY,))[0]
    tag = _tag(key, subject)
    made = ProviderLink.objects.create(
        user=user, subject=tag, mark=_mark(key, user, tag), linked_by_id=actor.user_id
    )
    end_sessions(user_id=user.pk)
    _into_history(user, actor)
    return made


@transaction.atomic
def unlink(*, actor: Actor, user: User) -> None:
    _only_others(actor, user)
    ProviderLink.objects.filter(user=user).delete()
    end_sessions(user_id=user.pk)
    _into_history(user, actor)


def user_for(subject: str, now: datetime) -> User | None:
    """Whom this subject is linked to. A link made or moved behind the product counts for nothing."""
    found = ProviderLink.objects.filter(subject__in=_tags(subject)).select_related("user").first()
    if found is None:
        return None
    if not _is_genuine(found):
        alarm(Rule.CHANGED_LINK, found.user_id, now)
        return None
    ProviderLink.objects.filter(pk=found.pk).update(used_at=now)
    return found.user


def link_of(user: User) -> ProviderLink | None:
    return ProviderLink.objects.filter(user=user).select_related("linked_by").first()


def _is_genuine(found: ProviderLink) -> bool:
    mark, tag = bytes(found.mark), bytes(found.subject)
    keys = ring.purpose_keys(Purpose.POSTING, CHECKS)
    return any(hmac.compare_digest(mark, _mark(key, found.user, tag)) for key in keys)


def _tags(subject: str) -> list[bytes]:
    return [_tag(key, subject) for key in ring.purpose_keys(Purpose.POSTING, CHECKS)]


def _tag(key: PurposeKey, subject: str) -> bytes:
    return _keyed(key, b"provider subject", settings.OIDC_ISSUER.encode(), subject.encode())


def _mark(key: PurposeKey, user: User, tag: bytes) -> bytes:
    return _keyed(key, b"provider link", user.pk.bytes, tag)


def _keyed(key: PurposeKey, *words: bytes) -> bytes:
    return key.kid.to_bytes(4, "big") + key.mac(*words)


def _only_others(actor: Actor, user: User) -> None:
    if actor.role != Role.ADMINISTRATOR or user.pk in (actor.user_id, SYSTEM_USER_ID):
        raise PermissionDenied


def _into_history(user: User, actor: Actor) -> None:
    """The account's history names who changed by which way it may be used, and when."""
    user.refresh_from_db()
    user._history_user = actor.user_id  # type: ignore[attr-defined]
    user.save()
