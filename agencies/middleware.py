"""Who is acting: asked of the database at every request, so that a lost posting is lost at once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from agencies import session as sessions
from agencies.actor import Actor
from agencies.address import client_address
from agencies.models import Posting, User
from agencies.postings import at_the_door, may_enter
from agencies.selectors import actor_of

BACKGROUND = "X-Background"


class ActorRequest(HttpRequest):
    """What a guarded view receives."""

    actor: Actor
    posting: Posting


class ActorMiddleware:
    """Sets `request.actor` (None: nobody acts), `request.posting` and `request.waiting`.

    `waiting` is the user of a session that is real but may not act now: it was left alone too long
    (then `request.timed_out`), the second step is to come (`request.pending`), or the posting is not chosen yet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        enter(request, timezone.now())
        response = self.get_response(request)
        if request.actor or request.waiting:  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = "no-store"
        return response


def enter(request: HttpRequest, now: datetime) -> None:
    """Find out who acts. A session that is no longer good is ended here, wherever it is used."""
    _admit(request, None)
    if SESSION_KEY not in request.session:
        return
    found = _bearer(request, now)
    if found is None:
        request.session.flush()
        request.user = AnonymousUser()
        return
    user, posting = found
    if sessions.is_pending(request.session):
        _pend(request, user, now)
        return
    if sessions.is_over(request.session, posting.role if posting else "", now):
        request.user = AnonymousUser()
        request.waiting, request.timed_out = user, True  # type: ignore[attr-defined]
        return
    if not request.headers.get(BACKGROUND):
        sessions.touch(request.session, now)
    request.user = user
    _admit(request, posting, user)


def _pend(request: HttpRequest, user: User, now: datetime) -> None:
    """Half way in: the second step is all that opens, and not for long."""
    request.user = AnonymousUser()
    if sessions.is_over(request.session, "", now):
        request.session.flush()
    else:
        request.waiting, request.pending = user, True  # type: ignore[attr-defined]


def admit(request: HttpRequest, user: User, posting: Posting | None) -> None:
    """Let this request go on as the given user, in the posting if one is chosen."""
    request.user = user
    _admit(request, posting, user)


def _admit(request: HttpRequest, posting: Posting | None, user: User | None = None) -> None:
    request.actor = actor_of(posting) if posting else None  # type: ignore[attr-defined]
    request.posting = posting  # type: ignore[attr-defined]
    request.waiting = None if posting else user  # type: ignore[attr-defined]
    request.timed_out = request.pending = False  # type: ignore[attr-defined]


def _bearer(request: HttpRequest, now: datetime) -> tuple[User, Posting | None] | None:
    """The user and the posting the session stands for, if both are good today and here: one query."""
    session = request.session
    user_id, posting_id = session[SESSION_KEY], session.get(sessions.POSTING)
    posting: Posting | None = None
    if posting_id:
        postings = at_the_door(now).filter(
            pk=UUID(posting_id), user=user_id, user__open_sessions=_row(session)
        )
        posting = postings.first()
        user = posting.user if posting and may_enter(posting, client_address(request), now) else None
    else:
        users = User.objects.filter(pk=user_id, is_active=True)
        pending = sessions.is_pending(session)
        user = (users if pending else users.filter(open_sessions=_row(session))).first()
    return (user, posting) if user and _same_epoch(request, user) else None


def _row(session: SessionBase) -> UUID | None:
    row = session.get(sessions.ROW)
    return UUID(row) if row else None


def _same_epoch(request: HttpRequest, user: User) -> bool:
    # The password hash is compared too: a password set behind our back must end sessions as well.
    stamped = request.session.get(HASH_SESSION_KEY, "")
    same_password = constant_time_compare(stamped, user.get_session_auth_hash())
    return same_password and request.session.get(sessions.EPOCH) == user.session_epoch
