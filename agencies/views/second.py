"""The second step after the password. Until it is made nothing else opens."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies import factors, passkeys
from agencies.guards import for_anybody
from agencies.models import User
from agencies.session import by_provider
from agencies.sign_in import NotSignedIn
from agencies.views.arrival import come_in
from agencies.waiting import safe_next


@for_anybody
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code or a passkey; wrong ones look alike, whatever was wrong with them."""
    if not cast(Any, request).pending:
        return redirect("agencies:sign_in")
    user: User = cast(Any, request).waiting
    if request.method == "GET":
        return _page(request, user)
    now = timezone.now()
    try:
        factors.check(request, user, now)
    except NotSignedIn as refusal:
        return _page(request, user, refusal)
    wanted, provider = safe_next(request, request.session.pop("next", None)), by_provider(request.session)
    return come_in(request, user, wanted, factor=now.timestamp(), provider=provider)


def _page(request: HttpRequest, user: User, refusal: NotSignedIn | None = None) -> HttpResponse:
    context = {
        "refusal": refusal,
        "who": user,
        "provider": by_provider(request.session),
        **factors.offered(user),
    }
    status = (429 if refusal.wait else 401) if refusal else 200
    response = render(request, "agencies/second_step.html", context, status=status)
    if refusal and refusal.wait:
        response.headers["Retry-After"] = str(refusal.wait)
    return response


@for_anybody
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser is to sign: for the second step, and for a proof in the middle of work."""
    acting = cast(Any, request)
    user = acting.posting.user if acting.actor else acting.waiting if acting.pending else None
    if user is None:
        return HttpResponse(status=401)
    return HttpResponse(passkeys.ask_options(request, user, timezone.now()), content_type="application/json")
