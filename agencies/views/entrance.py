"""Coming in, staying in, going out."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies import factors
from agencies import session as sessions
from agencies.forms import PasswordForm, SignInForm
from agencies.guards import for_anybody, for_staff
from agencies.middleware import ActorRequest
from agencies.models import Posting, User
from agencies.profiles import password_is_due
from agencies.provider.flow import is_on as provider_is_on
from agencies.selectors import postings_of
from agencies.services import change_password, end_sessions
from agencies.sign_in import NotSignedIn, begin_half, begin_session, prove, resume_session, take_posting
from agencies.views.arrival import come_in, may_come_from_here
from agencies.waiting import safe_next


@for_anybody
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same answer, in the same time, whether or not somebody has this name."""
    wanted = safe_next(request, request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET" and cast(Any, request).actor:
        return redirect(wanted)
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return _sign_in_page(request, form, wanted, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    try:
        user = prove(request, typed["username"], typed["password"], timezone.now())
    except NotSignedIn as refusal:
        return _sign_in_page(request, form, wanted, 429 if refusal.wait else 401, refusal=refusal)
    return _let_in(request, user, form, wanted)


def _let_in(request: HttpRequest, user: User, form: SignInForm, wanted: str) -> HttpResponse:
    """The password was right: on to the second step of whoever has one, else in."""
    now = timezone.now()
    postings = postings_of(user, now)
    if not postings:
        return _sign_in_page(request, form, wanted, 403, no_posting=True)
    if not may_come_from_here(request, postings):
        return _sign_in_page(request, form, wanted, 403, elsewhere=True)
    if factors.has_any(user):
        begin_half(request, user, now)
        request.session["next"] = wanted
        return redirect("agencies:second_step")
    return come_in(request, user, wanted)


def _sign_in_page(
    request: HttpRequest, form: SignInForm, wanted: str, status: int, **more: Any
) -> HttpResponse:
    context = {"form": form, "next": wanted, "second_demanded": factors.demanded(), **more}
    context["provider"] = settings.OIDC_NAME if provider_is_on() else ""
    response = render(request, "agencies/sign_in.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    refusal = more.get("refusal")
    if refusal and refusal.wait:
        response.headers["Retry-After"] = str(refusal.wait)
    return response


@for_anybody
@require_http_methods(["GET", "POST"])
def choose_posting(request: HttpRequest) -> HttpResponse:
    """For people who work in several places: in which of them do they act now?"""
    user = request.user
    if not isinstance(user, User):
        return redirect("agencies:sign_in")
    postings = postings_of(user, timezone.now())
    chosen = [posting for posting in postings if str(posting.pk) == request.POST.get("posting")]
    if chosen:
        take_posting(request, user, chosen[0])
        return redirect(safe_next(request, request.session.pop("next", None)))
    return render(request, "agencies/choose_posting.html", {"postings": postings})


@for_anybody
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """`everywhere` in the form ends the sessions on all other machines too."""
    waiting = cast(Any, request).waiting
    user = request.user if isinstance(request.user, User) else waiting
    if user is not None and "everywhere" in request.POST:
        end_sessions(user_id=user.pk)
    return _gone(request, redirect("agencies:sign_in"))


@for_anybody
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit of a public page tells us while its browser is already elsewhere."""
    return _gone(request, HttpResponse(status=204))


def _gone(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    request.session.flush()
    request.user = AnonymousUser()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


@for_anybody
@sensitive_post_parameters()
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """The password again after a time-out, without leaving the page: 204, or 401, 429; 409: sign in anew."""
    user, now = cast(Any, request).waiting, timezone.now()
    if cast(Any, request).actor:
        return HttpResponse(status=204)
    if user is None or not cast(Any, request).timed_out:
        return HttpResponse(status=409)
    try:
        prove(request, user.username, request.POST.get("password", ""), now)
    except NotSignedIn as refusal:
        headers = {"Retry-After": str(refusal.wait)} if refusal.wait else {}
        return HttpResponse(status=429 if refusal.wait else 401, headers=headers)
    resume_session(request, user, now)
    return HttpResponse(status=204)


@for_anybody
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Somebody is still here (the middleware has noted it): 204; 401: too late."""
    return HttpResponse(status=204 if cast(Any, request).actor else 401)


@sensitive_post_parameters()
@for_staff
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """One's own new password; every other session ends, this one goes on under a new id."""
    user: User = request.posting.user
    form = PasswordForm(request.POST or None, user=user)
    if not form.is_valid() or not _old_is_right(request, form):
        status = 422 if form.is_bound else 200
        too_old = password_is_due(user, timezone.now()) and not user.must_change_password
        return render(request, "agencies/password.html", {"form": form, "too_old": too_old}, status=status)
    change_password(actor=request.actor, user=user, password=form.cleaned_data["new"])
    _begin_again(request, user, request.posting)
    return redirect("home")


def _old_is_right(request: HttpRequest, form: PasswordForm) -> bool:
    try:
        prove(request, form.user.username, form.cleaned_data["old"], timezone.now())
    except NotSignedIn as refusal:
        form.refuse_old(refusal.wait)
        return False
    return True


def _begin_again(request: HttpRequest, user: User, posting: Posting) -> None:
    began, factor = request.session[sessions.BEGAN], request.session.get(sessions.FACTOR)
    provider = sessions.by_provider(request.session)
    user.refresh_from_db()
    begin_session(request, user, posting, timezone.now(), factor=factor, provider=provider)
    request.session[sessions.BEGAN] = began
