"""To the identity provider and back; and, for administrators, whom its word stands for."""

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from agencies import factors, throttle
from agencies.actor import SYSTEM_USER_ID
from agencies.address import client_address
from agencies.alarms import alarm
from agencies.forms import SubjectForm
from agencies.guards import for_anybody, for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import User
from agencies.provider import flow, links
from agencies.provider.refusals import Refused, Why
from agencies.provider.tokens import second_step
from agencies.selectors import postings_of
from agencies.sign_in import begin_half
from agencies.step_up import prove_again
from agencies.views.arrival import come_in, may_come_from_here
from agencies.waiting import safe_next
from agencies.watchrows import Rule

log = logging.getLogger(__name__)
# Our session's cookie does not come along with somebody sent here by another site; this one does.
COOKIE = "huhang-provider"
# What counts as a guess: whoever makes too many from one address has to wait.
GUESSES = (Why.OUT_OF_DATE, Why.NOT_GENUINE, Why.UNKNOWN)


@for_anybody
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    _only_if_on()
    try:
        _not_too_often(request)
        wanted = safe_next(request, request.GET.get("next"))
        address, secret = flow.begin(wanted, timezone.now())
    except Refused as refusal:
        return _refusal_page(request, refusal)
    answer = redirect(address)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        _cookie(), secret, max_age=flow.GOOD_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )  # fmt: skip
    return answer


@for_anybody
@sensitive_variables()
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Somebody comes from the provider. One cookie is good for one answer, whatever it says."""
    _only_if_on()
    now = timezone.now()
    try:
        _not_too_often(request)
        claims, wanted = flow.finish(request.GET.dict(), request.COOKIES.get(_cookie(), ""), now)
        proved = second_step(claims)
        user = links.user_for(claims["sub"], now)
        if user is None:
            raise Refused(Why.UNKNOWN, subject=claims["sub"])
        answer = _let_in(request, user, safe_next(request, wanted), proved)
    except Refused as refusal:
        answer = _refusal_page(request, refusal)
    answer.delete_cookie(_cookie(), samesite="Lax")
    return answer


def _let_in(request: HttpRequest, user: User, wanted: str, proved: bool) -> HttpResponse:
    """The same conditions as with a password; the second step is asked for here unless the provider has asked."""
    now = timezone.now()
    postings = postings_of(user, now)
    if not postings:
        raise Refused(Why.NO_POSTING)
    if not may_come_from_here(request, postings):
        raise Refused(Why.ELSEWHERE)
    if proved:
        went = come_in(request, user, wanted, factor=now.timestamp(), provider=True)
    elif factors.has_any(user):
        begin_half(request, user, now, provider=True)
        request.session["next"] = wanted
        went = redirect("agencies:second_step")
    else:
        went = come_in(request, user, wanted, provider=True)
    # Not a redirect: the new session's cookie would not go along on a way that another site began.
    answer = render(request, "agencies/provider_on.html", {"on": went.headers["Location"]})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    now = timezone.now()
    log.warning("provider sign-in refused", extra={"code": f"{refusal.why.value} {refusal.detail}".strip()})
    if refusal.why in GUESSES:
        throttle.remember("", client_address(request), False, now)
    if refusal.why == Why.NOT_GENUINE:
        alarm(Rule.FORGED_TOKEN, None, now)
    context = {"refusal": refusal, "why": refusal.why.value, "provider": settings.OIDC_NAME}
    answer = render(request, "agencies/provider_refused.html", context, status=refusal.status)
    answer.headers["Cache-Control"] = "no-store"
    if refusal.wait:
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def _not_too_often(request: HttpRequest) -> None:
    wait = throttle.wait_at(client_address(request), timezone.now())
    if wait:
        raise Refused(Why.BUSY, wait=wait)


def _only_if_on() -> None:
    if not flow.is_on():
        raise Http404


def _cookie() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


@for_roles(Role.ADMINISTRATOR)
@require_POST
def link_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say whom the provider's word for this subject stands for; with `unlink` in the form: for nobody any more."""
    _only_if_on()
    user = get_object_or_404(User.objects.exclude(pk=SYSTEM_USER_ID), pk=pk)
    form, ends = SubjectForm(request.POST), "unlink" in request.POST
    if not ends and not form.is_valid():
        messages.error(request, _("Type the identifier as the identity platform gives it."))
        return redirect("agencies:person", pk=pk)
    asked = prove_again(request)
    if asked:
        return asked
    _link(request, user, "" if ends else form.cleaned_data["subject"])
    return redirect("agencies:person", pk=pk)


def _link(request: ActorRequest, user: User, subject: str) -> None:
    if not subject:
        links.unlink(actor=request.actor, user=user)
        messages.success(request, _("The identity platform no longer opens this account."))
        return
    try:
        links.link(actor=request.actor, user=user, subject=subject)
    except links.Taken:
        messages.error(request, _("This identifier belongs to another account already."))
    else:
        messages.success(request, _("Linked. This person may now sign in with the identity platform."))
