"""What to answer when nobody acts: the sign-in page, or, after a time-out, the password alone.

Nothing typed is lost. A form sent too late is held in the page, unseen, and goes
through when the password is right.
"""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from agencies import session as sessions
from agencies.middleware import enter
from agencies.sign_in import NotSignedIn, prove, resume_session
from privacy.request import person_proved

# The name of the password field added to a held form; no form of ours has a field of this name.
AGAIN = "huhang-password-again"
UNSEEN = (AGAIN,)


def safe_next(request: HttpRequest, wanted: str | None) -> str:
    """`wanted` if it is a page of this site, else the home page."""
    home = reverse("home")
    if not wanted or not wanted.startswith("/") or "\\" in wanted or not wanted.isprintable():
        return home
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else home


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """The answer to a request in which nobody acts. None: the password came with it."""
    timed_out = cast(Any, request).timed_out
    if timed_out and request.method == "POST" and AGAIN in request.POST:
        return _try_again(request)
    if request.headers.get("HX-Request"):
        return _for_htmx(timed_out)
    if timed_out and request.method == "POST":
        return _hold(request)
    if cast(Any, request).pending:
        return redirect("agencies:second_step")
    if cast(Any, request).waiting and not timed_out:
        return redirect("agencies:choose_posting")
    return redirect(f"{reverse('agencies:sign_in')}?{urlencode({'next': _here(request)})}")


def _here(request: HttpRequest) -> str:
    """Where to come back to: this page, or the page whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return safe_next(request, urlsplit(request.headers.get("Referer", "")).path)


def _for_htmx(timed_out: bool) -> HttpResponse:
    """The page stays as it is; a dialog asks for the password."""
    event = "renew-needed" if timed_out else "sign-in-needed"
    return HttpResponse(
        status=401, headers={"HX-Trigger": event, "HX-Reswap": "none", "Cache-Control": "no-store"}
    )


def _try_again(request: HttpRequest) -> HttpResponse | None:
    user, now = cast(Any, request).waiting, timezone.now()
    try:
        prove(request, user.username, request.POST[AGAIN], now)
    except NotSignedIn as refusal:
        return _hold(request, refusal)
    resume_session(request, user, now)
    enter(request, now)
    person_proved(sessions.proved_within(request.session, sessions.FRESH, now))
    return None if cast(Any, request).actor else redirect("agencies:choose_posting")


def _hold(request: HttpRequest, refusal: NotSignedIn | None = None) -> HttpResponse:
    context = {
        "kept": typed(request, UNSEEN),
        "again": AGAIN,
        "refusal": refusal,
        "lost_files": bool(request.FILES),
        "who": cast(Any, request).waiting,
        "path": request.get_full_path(),
    }
    status = 429 if refusal and refusal.wait else 401
    return render(request, "agencies/held.html", context, status=status)


def typed(request: HttpRequest, unseen: Iterable[str]) -> list[tuple[str, str]]:
    """Every field of the form that was sent, to be held in a page; `unseen` and the page's token left out."""
    left_out = {"csrfmiddlewaretoken", *unseen}
    return [
        (name, value) for name in request.POST for value in request.POST.getlist(name) if name not in left_out
    ]
