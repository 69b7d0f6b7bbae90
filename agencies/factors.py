"""The second step: an app's code, a passkey, or a code on paper. Few tries, counted one after the other."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from agencies import code_apps, passkeys, recovery
from agencies.alarms import alarm
from agencies.models import CodeApp, FactorTries, Passkey, RecoveryCode, User
from agencies.sign_in import NotSignedIn
from agencies.watchrows import Rule

# No form of ours has fields of these names.
CODE, PASSKEY = "huhang-proof-code", "huhang-proof-passkey"
DEMANDING = ("djcp3", "asvs")
TRIES = 5
LOCKS = (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=24))


def demanded() -> bool:
    """Whether nobody works here with a password alone."""
    return settings.SECURITY_PROFILE in DEMANDING


def apps_of(user: User) -> list[CodeApp]:
    return list(CodeApp.objects.filter(user=user).exclude(confirmed_at=None))


def has_any(user: User) -> bool:
    confirmed = CodeApp.objects.filter(user=user).exclude(confirmed_at=None)
    return confirmed.exists() or Passkey.objects.filter(user=user).exists()


def how_many(user: User) -> int:
    return len(apps_of(user)) + Passkey.objects.filter(user=user).count()


def check(request: HttpRequest, user: User, now: datetime) -> None:
    """NotSignedIn unless this request brings a second step of this user's. Tries at once are taken one by one."""
    with transaction.atomic():
        tries = _tries(user)
        wait = _wait(tries, now)
        right = not wait and _is_right(request, user, now)
        if not wait:
            _count(tries, right, now)
    if not right:
        raise NotSignedIn(wait or _wait(tries, now))


def _is_right(request: HttpRequest, user: User, now: datetime) -> bool:
    answer = request.POST.get(PASSKEY, "")
    if answer:
        return passkeys.accepts(request, user, answer, now)
    code = "".join(request.POST.get(CODE, "")[:64].split())
    by_app = any(code_apps.accepts(app, code, now) for app in apps_of(user))
    return by_app or recovery.takes(user, code, now)


def _tries(user: User) -> FactorTries:
    """The row of this user, held until the transaction ends."""
    FactorTries.objects.get_or_create(user=user)
    return FactorTries.objects.select_for_update().get(user=user)


def _wait(tries: FactorTries, now: datetime) -> int:
    until = tries.locked_until
    return max(0, int((until - now).total_seconds())) if until else 0


def _count(tries: FactorTries, right: bool, now: datetime) -> None:
    tries.wrong = 0 if right else tries.wrong + 1
    tries.locked_until = None
    if tries.wrong and tries.wrong % TRIES == 0:
        tries.locked_until = now + LOCKS[min(tries.wrong // TRIES, len(LOCKS)) - 1]
        alarm(Rule.GUESSED_CODE, tries.user_id, now)
    tries.save()


@transaction.atomic
def take_away_all(user: User) -> None:
    """Nothing but the password is left."""
    for model in (CodeApp, Passkey, RecoveryCode, FactorTries):
        model.objects.filter(user=user).delete()


def offered(user: User) -> dict[str, Any]:
    """What the second step may ask of this user."""
    return {
        "code_field": CODE,
        "passkey_field": PASSKEY,
        "has_app": bool(apps_of(user)),
        "has_passkey": Passkey.objects.filter(user=user).exists(),
    }
