"""What a session holds of a signed-in person, and when it has been left alone for too long."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from agencies.kinds import Role
from agencies.models import Posting, User

IDLE = timedelta(minutes=15)
IDLE_LIAISON = timedelta(minutes=10)  # shared terminals at counters
WHOLE = timedelta(hours=8)
# The row is not rewritten for every click: the last use is known to this precision, on the strict side.
GRAIN = timedelta(seconds=15)

EPOCH, POSTING, BEGAN, SEEN, PROVED = "epoch", "posting", "began", "seen", "proved"


def idle_limit(role: str) -> timedelta:
    return IDLE_LIAISON if role == Role.LIAISON else IDLE


def stamp(session: SessionBase, user: User, now: datetime, posting: Posting | None = None) -> None:
    """Write into the session under which epoch, in which posting and since when it is used."""
    session[EPOCH] = user.session_epoch
    session[BEGAN] = session[SEEN] = session[PROVED] = now.timestamp()
    if posting is not None:
        session[POSTING] = str(posting.pk)


def _age(session: SessionBase, key: str, now: datetime) -> timedelta:
    then: Any = session.get(key)
    return timedelta(seconds=now.timestamp() - then) if isinstance(then, int | float) else WHOLE


def is_over(session: SessionBase, role: str, now: datetime) -> bool:
    """Left alone past the idle limit, or older than a working day."""
    return _age(session, SEEN, now) >= idle_limit(role) or _age(session, BEGAN, now) >= WHOLE


def touch(session: SessionBase, now: datetime) -> None:
    if _age(session, SEEN, now) >= GRAIN:
        session[SEEN] = now.timestamp()


def prove(session: SessionBase, now: datetime) -> None:
    """Write down that the person has just proved to be herself."""
    session[PROVED] = now.timestamp()


def proved_within(session: SessionBase, limit: timedelta, now: datetime) -> bool:
    return _age(session, PROVED, now) <= limit
