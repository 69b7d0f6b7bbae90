"""Who is acting: asked of the database at every request, so that a lost posting is lost at once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from agencies import session as sessions
from agencies.actor import Actor
from agencies.models import Posting, User
from agencies.selectors import actor_of

BACKGROUND = "X-Background"


class ActorRequest(HttpRequest):
    """What a guarded view receives."""

    actor: Actor
    posting: Posting


class ActorMiddleware:
    """Sets `request.actor` (None: nobody acts), `request.posting` and `request.waiting`.

    `waiting` is the user of a session that is real but may not act now: it was left alone too long
    (then `request.timed_out`), or the posting has not been chosen yet.
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
    if sessions.is_over(request.session, posting.role if posting else "", now):
        request.user = AnonymousUser()
        request.waiting, request.timed_out = user, True  # type: ignore[attr-defined]
        return
    if not request.headers.get(BACKGROUND):
        sessions.touch(request.session, now)
    request.user = user
    _admit(request, posting, user)


def admit(request: HttpRequest, user: User, posting: Posting | None) -> None:
    """Let this request go on as the given user, in the posting if one is chosen."""
    request.user = user
    _admit(request, posting, user)


def _admit(request: HttpRequest, posting: Posting | None, user: User | None = None) -> None:
    request.actor = actor_of(posting) if posting else None  # type: ignore[attr-defined]
    request.posting = posting  # type: ignore[attr-defined]
    request.waiting = None if posting else user  # type: ignore[attr-defined]
    request.timed_out = False  # type: ignore[attr-defined]


def _bearer(request: HttpRequest, now: datetime) -> tuple[User, Posting | None] | None:
    """The user and the posting the session stands for, if both are good today: one query."""
    user_id, posting_id = request.session[SESSION_KEY], request.session.get(sessions.POSTING)
    posting: Posting | None = None
    if posting_id:
        postings = Posting.objects.in_force(now).with_emergency().select_related("user", "agency")
        posting = postings.filter(pk=UUID(posting_id), user=user_id).first()
        user = posting.user if posting else None
    else:
        user = User.objects.filter(pk=user_id, is_active=True).first()
    return (user, posting) if user and _same_epoch(request, user) else None


def _same_epoch(request: HttpRequest, user: User) -> bool:
    # The password hash is compared too: a password set behind our back must end sessions as well.
    stamped = request.session.get(HASH_SESSION_KEY, "")
    same_password = constant_time_compare(stamped, user.get_session_auth_hash())
    return same_password and request.session.get(sessions.EPOCH) == user.session_epoch
