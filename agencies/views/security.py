"""One's own sign-in: second steps, codes on paper, sessions. What changes them asks for a proof first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from agencies import code_apps, factors, passkeys, recovery
from agencies import session as sessions
from agencies.forms import CalledForm
from agencies.guards import for_staff
from agencies.middleware import ActorRequest
from agencies.models import CodeApp, OpenSession, Passkey, User
from agencies.step_up import step_up_required


@for_staff
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    return _page(request)


def _page(request: ActorRequest, status: int = 200, **more: Any) -> HttpResponse:
    user, here = request.posting.user, request.session.get(sessions.ROW)
    rows = OpenSession.objects.filter(user=user)
    context = {
        "apps": factors.apps_of(user),
        "keys": user.passkeys.all(),
        "codes_left": recovery.left(user),
        "sessions": [(row, str(row.pk) == here) for row in rows],
        "form": CalledForm(),
        "demanded": factors.demanded(),
        "person": user,
        "by_number": request.get_host().partition(":")[0].replace(".", "").isdigit(),
    }
    return render(request, "agencies/security.html", context | more, status=status)


@for_staff
@require_POST
@step_up_required
def new_app(request: ActorRequest) -> HttpResponse:
    """The key as picture and text. The app counts once its first code has been typed."""
    form = CalledForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, form=form)
    _app, seed = code_apps.new_app(request.posting.user, form.cleaned_data["name"])
    return _key_page(request, seed)


def _key_page(request: ActorRequest, seed: str, *, wrong: bool = False) -> HttpResponse:
    context = {
        "picture": code_apps.picture(request.posting.user, seed),
        "key": code_apps.typed_key(seed),
        "wrong": wrong,
    }
    return render(request, "agencies/new_app.html", context, status=401 if wrong else 200)


@for_staff
@sensitive_post_parameters()
@require_POST
@step_up_required
def confirm_app(request: ActorRequest) -> HttpResponse:
    user, now = request.posting.user, timezone.now()
    found = code_apps.waiting_app(user)
    if found is None:
        return redirect("agencies:security")
    app, seed = found
    if not code_apps.accepts(app, "".join(request.POST.get("code", "").split()), now):
        return _key_page(request, seed, wrong=True)
    CodeApp.objects.filter(pk=app.pk).update(confirmed_at=now)
    return _added(request, user)


@for_staff
@require_POST
@step_up_required
def new_passkey_question(request: ActorRequest) -> HttpResponse:
    options = passkeys.make_options(request, request.posting.user, timezone.now())
    return HttpResponse(options, content_type="application/json")


@for_staff
@require_POST
@step_up_required
def new_passkey(request: ActorRequest) -> HttpResponse:
    user, now, form = request.posting.user, timezone.now(), CalledForm(request.POST)
    if not form.is_valid():
        return _page(request, 422, form=form)
    if not request.POST.get("answer"):
        return _page(request, form=form)  # the proof came first; now the key can be made
    if not passkeys.add(request, user, form.cleaned_data["name"], request.POST.get("answer", ""), now):
        return _page(request, 422, passkey_failed=True)
    return _added(request, user)


def _added(request: ActorRequest, user: User) -> HttpResponse:
    """A new session id; with the first second step come the codes on paper."""
    now = timezone.now()
    request.session.cycle_key()
    request.session[sessions.FACTOR] = now.timestamp()
    sessions.prove(request.session, now)
    if recovery.left(user):
        messages.success(request, _("Added. From now on it is asked for at sign-in."))
        return redirect("agencies:security")
    return _codes_page(request, user)


def _codes_page(request: ActorRequest, user: User) -> HttpResponse:
    # In the answer itself: a redirect would have to keep the codes somewhere.
    return render(request, "agencies/recovery.html", {"codes": recovery.new_codes(user)})


@for_staff
@require_POST
@step_up_required
def new_recovery(request: ActorRequest) -> HttpResponse:
    user = request.posting.user
    return _codes_page(request, user) if factors.has_any(user) else redirect("agencies:security")


@for_staff
@require_POST
@step_up_required
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a second step away; not the last one where one is demanded."""
    user = request.posting.user
    found = next(
        (row for model in (CodeApp, Passkey) for row in model.objects.filter(pk=pk, user=user)), None
    )
    if found is None:
        raise Http404
    if factors.demanded() and factors.how_many(user) == 1:
        return _page(request, 409, last_one=True)
    found.delete()
    if not factors.has_any(user):
        factors.take_away_all(user)
        request.session.pop(sessions.FACTOR, None)
    messages.success(request, _("Removed."))
    return redirect("agencies:security")


@for_staff
@require_POST
def end_session(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One's own session somewhere else is over at its next click."""
    get_object_or_404(OpenSession, pk=pk, user=request.actor.user_id).delete()
    return redirect("agencies:security")
