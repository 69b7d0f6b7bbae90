"""The public form and its twin for accounts, and the query by receipt."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from agencies.actor import Actor
from agencies.address import client_address
from agencies.guards import for_anybody, for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.mandatory_report import intake, queries
from casework.measures.mandatory_report.forms import PUBLIC, SIGNED_IN, QueryForm
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.mandatory_report.wizard import Wizard

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
for_senders = for_roles(*WORKERS, Role.LIAISON)
TOO_MANY = _(
    "Many reports have just come from this address, so this one was not taken in. What you typed is still here. "
    "Telephone 110 or 12338, or send it again in an hour."
)


def forgotten(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing of these pages stays in a cache, in the history of a shared computer, or in an index."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(wrapped)


@require_GET
@for_anybody
@forgotten
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "mandatory_report/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_anybody
@forgotten
def public(request: HttpRequest) -> HttpResponse:
    return _fill_in(request, Wizard(PUBLIC, request), None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_senders
@forgotten
def new(request: ActorRequest) -> HttpResponse:
    """For accounts of bodies and for our own people: the same questions but for who they are."""
    return _fill_in(request, Wizard(SIGNED_IN, request), request.actor)


def _fill_in(request: HttpRequest, wizard: Wizard, actor: Actor | None) -> HttpResponse:
    base = "base.html" if actor else "base_public.html"
    context: dict[str, Any] = {"base": base, "wizard": wizard, "sent_before": _sent_before(request, actor)}
    if not wizard.is_sent:
        return render(request, wizard.template, context, status=422 if wizard.wrong else 200)
    now = timezone.now()
    if not queries.may_knock(queries.SEND, str(actor.user_id) if actor else client_address(request), now):
        wizard.refuse(TOO_MANY)
        return render(request, wizard.template, context, status=429)
    sent = intake.submit(wizard.answers, actor=actor, key=wizard.key, now=now)
    return render(request, "mandatory_report/sent.html", {**context, "sent": sent, "at": now})


def _sent_before(request: HttpRequest, actor: Actor | None) -> list[MandatoryReport]:
    first = request.method != "POST" and actor is not None and actor.role == Role.LIAISON
    return intake.sent_by(actor) if first and actor else []


@require_http_methods(["GET", "HEAD", "POST"])
@for_anybody
@forgotten
def status(request: HttpRequest) -> HttpResponse:
    """Asked by POST: neither number nor code ever stands in an address."""
    form = QueryForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        place, now = client_address(request), timezone.now()
        if queries.too_many(queries.WRONG, place, now) or not queries.may_knock(queries.QUERY, place, now):
            form.add_error(None, _("Too many queries from here. Try again in an hour, or telephone 12338."))
            return render(request, "mandatory_report/status.html", context, status=429)
        context["found"] = queries.status_of(form.cleaned_data["receipt"], form.cleaned_data["code"])
        if context["found"]:
            context["form"] = QueryForm()  # the code is not left on the screen
        else:
            queries.may_knock(queries.WRONG, place, now)
            form.add_error(
                None, _("Number and code do not belong together. Compare them with what you noted.")
            )
    return render(request, "mandatory_report/status.html", context, status=422 if form.errors else 200)
