"""The door of every view: who may come in. Whoever may not is told that there is nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from agencies import session as sessions
from agencies.factors import demanded
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.profiles import password_is_due
from agencies.waiting import ask_again

P = ParamSpec("P")
Guarded = Callable[Concatenate[ActorRequest, P], HttpResponse]
Open = Callable[Concatenate[HttpRequest, P], HttpResponse]

STAFF = tuple(role for role in Role if role != Role.SYSTEM)


def for_roles(*roles: Role, new_password_first: bool = True) -> Callable[[Guarded[P]], Open[P]]:
    """Let these roles in; others get 404; nobody signed in, the sign-in page, which returns here.

    A POST of a session that was left alone too long is held, with all that was typed, until the password
    is given again. `new_password_first=False` opens the view to somebody who must set a new password or a second
    factor.
    """

    def guard(view: Guarded[P]) -> Open[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            answer = _stopped(request, roles, new_password_first)
            return answer or view(cast(ActorRequest, request), *args, **kwargs)

        return cast(Open[P], _declare(guarded, roles))

    return guard


def _stopped(request: HttpRequest, roles: tuple[Role, ...], new_password_first: bool) -> HttpResponse | None:
    acting = cast(Any, request)
    if acting.actor is None:
        answer = ask_again(request)
        if answer is not None:
            return answer
    if acting.actor.role not in roles:
        raise Http404
    own_password = not sessions.by_provider(request.session)
    if new_password_first and own_password and password_is_due(acting.posting.user, timezone.now()):
        return redirect("agencies:password")
    if new_password_first and demanded() and not sessions.has_factor(request.session):
        return redirect("agencies:security")
    return None


def for_staff(view: Guarded[P]) -> Open[P]:
    """Anybody with a posting in force, also before a new password or a second factor is set."""
    return for_roles(*STAFF, new_password_first=False)(view)


def for_anybody(view: Open[P]) -> Open[P]:
    """Says, for the reader and for the test over all addresses, that this view is public on purpose."""
    return cast(Open[P], _declare(view, ()))


def looks_up(view: Open[P]) -> Open[P]:
    """A page that finds people by what is typed: the watch over the register counts, and in the end refuses."""
    cast(Any, view).looks_up = True
    return view


def _declare(view: Any, roles: tuple[Role, ...]) -> Any:
    """`view.roles` is what the test over all addresses reads: a view without it was forgotten."""
    view.roles = roles
    return view
