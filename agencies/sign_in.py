"""Is this the person? The one place where a password is checked, at sign-in and after a time-out alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from django.contrib.auth import authenticate, login
from django.http import HttpRequest

from agencies import session as sessions
from agencies import throttle
from agencies.address import client_address, device_of
from agencies.kinds import Role
from agencies.models import Posting, User
from agencies.services import end_sessions
from agencies.usernames import normalise_username
from agencies.validators import MAX_PASSWORD

BACKEND = "agencies.backends.StaffBackend"
# Each hash takes 19 MiB: a crowd of guesses must not take the memory of the box.
AT_ONCE = 4
COME_BACK = 8
_HASHING = BoundedSemaphore(AT_ONCE)


@dataclass(eq=False)
class NotSignedIn(Exception):
    """`wait` seconds before another try is heard; 0: name and password simply do not belong together."""

    wait: int = 0


def prove(request: HttpRequest, username: str, password: str, now: datetime) -> User:
    """The user with this name and password, or NotSignedIn: the same for a name that nobody has."""
    name, address = normalise_username(username), client_address(request)
    wait = throttle.wait_for(name, address, now)
    if wait:
        raise NotSignedIn(wait)
    bare = _bare(request)
    bare.counted_name = name  # type: ignore[attr-defined]
    user = None
    if len(password) <= MAX_PASSWORD:
        with hashing():
            user = authenticate(bare, username=name, password=password)
    if getattr(bare, "axes_locked_out", False):
        raise NotSignedIn(int(throttle.lock_for(name, address, now).total_seconds()))
    throttle.remember(name, address, user is not None, now)
    if not isinstance(user, User):
        raise NotSignedIn
    return user


def begin_session(
    request: HttpRequest,
    user: User,
    posting: Posting | None,
    now: datetime,
    *,
    factor: float | None = None,
    provider: bool = False,
) -> None:
    """A new session id for a new session; a liaison's earlier session elsewhere ends. `factor`: when it was shown.

    `provider`: by the word of the identity provider, not by our password.
    """
    _one_at_a_time(user, posting)
    _begin(request, user, posting, now)
    if factor:
        request.session[sessions.FACTOR] = factor
    request.session[sessions.PROVIDER] = provider
    sessions.list_open(request.session, user, now, client_address(request), device_of(request))


def begin_half(request: HttpRequest, user: User, now: datetime, *, provider: bool = False) -> None:
    """The password was right; nothing opens before the second step is made."""
    _begin(request, user, None, now)
    request.session[sessions.PROVIDER] = provider
    request.session[sessions.PENDING] = True


def _begin(request: HttpRequest, user: User, posting: Posting | None, now: datetime) -> None:
    login(request, user, backend=BACKEND)
    # Django gives a new id only to a session without a user; the second step follows a first one.
    request.session.cycle_key()
    for key in (sessions.POSTING, sessions.PENDING, sessions.FACTOR, sessions.ROW, sessions.PROVIDER):
        request.session.pop(key, None)
    sessions.stamp(request.session, user, now, posting)


def take_posting(request: HttpRequest, user: User, posting: Posting) -> None:
    """Act from now on in this posting; the session's age stays what it is."""
    _one_at_a_time(user, posting)
    request.session.cycle_key()
    request.session[sessions.POSTING] = str(posting.pk)
    request.session[sessions.EPOCH] = user.session_epoch


def _one_at_a_time(user: User, posting: Posting | None) -> None:
    if posting is not None and posting.role == Role.LIAISON:
        end_sessions(user_id=user.pk)
        user.refresh_from_db(fields=["session_epoch"])


def resume_session(request: HttpRequest, user: User, now: datetime) -> None:
    """Go on after a time-out: new session id, but the page's own form tokens stay good."""
    request.session.cycle_key()
    proved = request.session.get(sessions.PROVED)
    sessions.stamp(request.session, user, now)
    if sessions.has_factor(request.session):
        # The password is no second step: what needs one asks again.
        request.session[sessions.PROVED] = proved


def _bare(request: HttpRequest) -> HttpRequest:
    """The request without anything typed: axes keeps what it is given, and a held form may hold a case."""
    bare = HttpRequest()
    bare.META, bare.session, bare.method = request.META, request.session, "POST"
    bare.path = bare.path_info = request.path
    return bare


@contextmanager
def hashing(patience: float = COME_BACK) -> Iterator[None]:
    """A place among the few that hash at once; NotSignedIn when none is free within `patience` seconds."""
    if not _HASHING.acquire(timeout=patience):
        raise NotSignedIn(COME_BACK)
    try:
        yield
    finally:
        _HASHING.release()
