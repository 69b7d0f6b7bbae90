"""Slow-down without lock-out: guesses get rarer, but nobody can shut a colleague out by guessing.

Counted per name and per address over an hour. An address from which this user has signed in within thirty
days is never slowed for this user (the pair of both is locked by axes instead).
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from agencies.address import client_address
from agencies.alarms import alarm
from agencies.models import SignInAttempt, User
from agencies.watchrows import Rule

WINDOW = timedelta(hours=1)
KNOWN = timedelta(days=30)
FREE_BY_NAME = 20
FREE_BY_ADDRESS = 30
LONGEST = 300
# The pair of name and address is locked for longer each time. The fifth wrong one makes the lock and is not counted
# here, nor is what comes while it lasts: nobody can lengthen it from outside.
LOCKS = (timedelta(minutes=15), timedelta(hours=2), timedelta(hours=24))
A_LOCK = 4
REMEMBERED = timedelta(hours=48)


def wait_for(username: str, address: str | None, now: datetime) -> int:
    """Seconds until the next guess is heard; 0: now."""
    if _is_known(username, address, now):
        return 0
    by_name = _wait(Q(username=username), FREE_BY_NAME, now)
    if by_name:
        user = User.objects.filter(username=username).values_list("pk", flat=True).first()
        alarm(Rule.GUESSED_NAME, user, now)
    by_address = _wait(Q(address=address), FREE_BY_ADDRESS, now)
    return max(by_name, by_address)


def wait_at(address: str | None, now: datetime) -> int:
    """The same for somebody who names nobody: who comes back from the identity provider."""
    return _wait(Q(address=address), FREE_BY_ADDRESS, now)


def remember(username: str, address: str | None, right: bool, now: datetime) -> None:
    SignInAttempt.objects.create(username=username, address=address, at=now, right=right)
    if right:
        SignInAttempt.objects.filter(at__lt=now - KNOWN).delete()


def lock_for(username: str, address: str | None, now: datetime) -> timedelta:
    """How long the lock lasts that this pair has earned; right passwords begin anew."""
    pair = SignInAttempt.objects.filter(username=username, address=address, at__gt=now - REMEMBERED)
    last = pair.filter(right=True).order_by("-at").values_list("at", flat=True).first()
    wrong = pair.filter(right=False, at__gt=last or now - REMEMBERED).count()
    return LOCKS[min(max(wrong - 1, 0) // A_LOCK, len(LOCKS) - 1)]


def cool_off(request: HttpRequest | None) -> timedelta:
    """The same, asked by the lock itself; `sign_in` tells it the name."""
    name = getattr(request, "counted_name", "")
    return lock_for(name, client_address(request), timezone.now()) if request and name else LOCKS[0]


def _is_known(username: str, address: str | None, now: datetime) -> bool:
    if address is None:
        return False
    seen = SignInAttempt.objects.filter(username=username, address=address, right=True, at__gt=now - KNOWN)
    return seen.exists()


def _wait(which: Q, free: int, now: datetime) -> int:
    wrong = SignInAttempt.objects.filter(which, right=False, at__gt=now - WINDOW)
    times = list(wrong.order_by("-at").values_list("at", flat=True)[: free + 20])
    if len(times) < free:
        return 0
    pause = min(LONGEST, 15 * (len(times) - free + 1))
    return max(0, pause - int((now - times[0]).total_seconds()))
