"""What a session holds of a signed-in person, and when it has been left alone for too long."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from agencies.kinds import Role
from agencies.models import OpenSession, Posting, User

IDLE = timedelta(minutes=15)
IDLE_LIAISON = timedelta(minutes=10)  # shared terminals at counters
WHOLE = timedelta(hours=8)
# The row is not rewritten for every click: the last use is known to this precision, on the strict side.
GRAIN = timedelta(seconds=15)

FRESH = timedelta(minutes=5)  # how long a proof of the person counts
HALF = timedelta(minutes=10)  # between the password and the second step

EPOCH, POSTING, BEGAN, SEEN, PROVED = "epoch", "posting", "began", "seen", "proved"
# The row in the list of open sessions; the second step is still to come; when it was made.
ROW, PENDING, FACTOR = "row", "pending", "factor"
# Signed in by the identity provider's word: our own password was not in play and need not be renewed first.
PROVIDER = "provider"


def idle_limit(role: str) -> timedelta:
    return IDLE_LIAISON if role == Role.LIAISON else IDLE


def stamp(session: SessionBase, user: User, now: datetime, posting: Posting | None = None) -> None:
    """Write into the session under which epoch, in which posting and since when it is used."""
    session[EPOCH] = user.session_epoch
    session[BEGAN] = session[SEEN] = session[PROVED] = now.timestamp()
    if posting is not None:
        session[POSTING] = str(posting.pk)


def list_open(session: SessionBase, user: User, now: datetime, address: str | None, device: str) -> None:
    """Into the list of this user's open sessions; what is past its day leaves it."""
    OpenSession.objects.filter(user=user, began__lt=now - WHOLE).delete()
    row = OpenSession.objects.create(user=user, began=now, seen=now, address=address, device=device)
    session[ROW] = str(row.pk)


def is_pending(session: SessionBase) -> bool:
    """The password was right, the second step has not been made."""
    return bool(session.get(PENDING))


def by_provider(session: SessionBase) -> bool:
    return bool(session.get(PROVIDER))


def has_factor(session: SessionBase) -> bool:
    return bool(session.get(FACTOR))


def _age(session: SessionBase, key: str, now: datetime) -> timedelta:
    then: Any = session.get(key)
    return timedelta(seconds=now.timestamp() - then) if isinstance(then, int | float) else WHOLE


def is_over(session: SessionBase, role: str, now: datetime) -> bool:
    """Left alone past the idle limit, or older than a working day."""
    if is_pending(session):
        return _age(session, BEGAN, now) >= HALF
    return _age(session, SEEN, now) >= idle_limit(role) or _age(session, BEGAN, now) >= WHOLE


def touch(session: SessionBase, now: datetime) -> None:
    if _age(session, SEEN, now) >= GRAIN:
        session[SEEN] = now.timestamp()
        OpenSession.objects.filter(pk=str(session.get(ROW))).update(seen=now)


def prove(session: SessionBase, now: datetime) -> None:
    """Write down that the person has just proved to be herself."""
    session[PROVED] = now.timestamp()


def proved_within(session: SessionBase, limit: timedelta, now: datetime) -> bool:
    return _age(session, PROVED, now) <= limit
