"""Slow-down without lock-out: guesses get rarer, but nobody can shut a colleague out by guessing.

Counted per name and per address over an hour. An address from which this user has signed in within thirty
days is never slowed for this user (the pair of both is locked by axes instead).
"""

from datetime import datetime, timedelta

from django.db.models import Q

from agencies.models import SignInAttempt

WINDOW = timedelta(hours=1)
KNOWN = timedelta(days=30)
FREE_BY_NAME = 20
FREE_BY_ADDRESS = 30
LONGEST = 300


def wait_for(username: str, address: str | None, now: datetime) -> int:
    """Seconds until the next guess is heard; 0: now."""
    if _is_known(username, address, now):
        return 0
    by_name = _wait(Q(username=username), FREE_BY_NAME, now)
    by_address = _wait(Q(address=address), FREE_BY_ADDRESS, now)
    return max(by_name, by_address)


def remember(username: str, address: str | None, right: bool, now: datetime) -> None:
    SignInAttempt.objects.create(username=username, address=address, at=now, right=right)
    if right:
        SignInAttempt.objects.filter(at__lt=now - KNOWN).delete()


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
