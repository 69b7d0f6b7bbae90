"""Who asks for much proves once more who it is: the second factor, or the password where none is demanded.

A proof counts for five minutes. Below the guard of a view:

    @for_roles(Role.LEAD)
    @step_up_required
    def export(request): ...

or, where only some requests need it, `return prove_again(request) or the_page(...)`: None means "go on".
Sealed columns that ask for a proof by themselves (`asks_proof`: an ID number) need neither: whoever opens one on a
page without it meets `ProofNeeded`, and the middleware asks.
A POST is held in the page with all that was typed and goes on to the same view with the proof; the view never
sees the fields of the proof. A GET comes back to the same address. Inside a part of a page (htmx) the question
takes the place of the whole page, and the form is sent again as a whole: such a view must answer whole pages too.
Files cannot be held: ask before a file is chosen.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from agencies import proof
from agencies import session as sessions
from agencies.middleware import ActorRequest
from agencies.models import User
from agencies.proof import FIELDS
from agencies.sign_in import NotSignedIn
from agencies.waiting import UNSEEN, safe_next, typed
from privacy.errors import ProofNeeded
from privacy.request import person_proved

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def step_up_required(view: View[P]) -> View[P]:
    """The view runs only within five minutes of a proof; otherwise a small page asks for one and goes on."""

    @wraps(view)
    def proved(request: ActorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return prove_again(request) or view(request, *args, **kwargs)

    return cast(View[P], proved)


def is_proved(request: HttpRequest) -> bool:
    """Whether the last proof is at most five minutes old."""
    return sessions.proved_within(request.session, sessions.FRESH, timezone.now())


def prove_again(request: ActorRequest) -> HttpResponse | None:
    """None: proved, also by this very request. Otherwise the page that asks for it."""
    return None if is_proved(request) else ask(request)


class ProofMiddleware:
    """Looks at a proof before the view runs, tells the reading register of it, and asks where one was missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        acting = cast(ActorRequest, request)
        if acting.actor is None or request.path == reverse("agencies:prove"):
            return None
        if request.method == "POST" and any(name in request.POST for name in FIELDS):
            if not is_proved(request) and (refusal := accept(acting)):
                return ask(acting, refusal)
            _without_proof(request)
        person_proved(is_proved(request))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        acting = cast(ActorRequest, request)
        return ask(acting) if isinstance(exception, ProofNeeded) and acting.actor else None


def accept(request: ActorRequest) -> NotSignedIn | None:
    """Look at the proof in this request. None: it was right; the session has a new id and is fresh."""
    user: User = request.posting.user
    try:
        proof.check(request, user, timezone.now())
    except NotSignedIn as refusal:
        return refusal
    request.session.cycle_key()
    sessions.prove(request.session, timezone.now())
    return None


def ask(request: ActorRequest, refusal: NotSignedIn | None = None, back: str = "") -> HttpResponse:
    """The page that asks; what was typed is in it, unseen. `back`: where a GET wanted to go."""
    held = request.method == "POST" and not back
    context = {
        "kept": typed(request, (*FIELDS, *UNSEEN)) if held else [("next", back or _here(request))],
        "action": request.get_full_path() if held else reverse("agencies:prove"),
        "refusal": refusal,
        "lost_files": bool(request.FILES) and held,
        **proof.offered(request.posting.user),
    }
    status = 429 if refusal and refusal.wait else 401
    if not request.headers.get("HX-Request"):
        return render(request, "agencies/step_up.html", context, status=status)
    # 403 is what htmx is set up to swap in; the question takes the place of the page's content.
    answer = render(request, "agencies/step_up.html", context, status=403)
    return _instead_of_the_page(answer)


def _instead_of_the_page(answer: HttpResponse) -> HttpResponse:
    for name, value in (("Retarget", "#main"), ("Reselect", "#main"), ("Reswap", "outerHTML")):
        answer.headers[f"HX-{name}"] = value
    return answer


def _here(request: HttpRequest) -> str:
    """Where a GET goes on: its own address, or that of the page around it."""
    if request.headers.get("HX-Request"):
        return safe_next(request, urlsplit(request.headers.get("HX-Current-URL", "")).path)
    return request.get_full_path()


def _without_proof(request: HttpRequest) -> None:
    """The view behind sees what its own form sent and nothing else."""
    if any(name in request.POST for name in FIELDS):
        kept = request.POST.copy()
        for name in FIELDS:
            kept.pop(name, None)
        cast(Any, request).POST = kept
