"""Pages of the visits: today's list, one visit, and how often she is visited. Moves have the one move view."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.follow_up_visit import selectors
from casework.measures.follow_up_visit.cadence import LEVELS, ROUNDS
from casework.measures.follow_up_visit.forms import CadenceForm
from casework.measures.follow_up_visit.models import Cadence, FollowUpVisit
from casework.measures.follow_up_visit.services import set_cadence
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.engine import reach

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
RECORD = ("account", "help_given", "brief")


@require_GET
@for_roles(Role.CASEWORKER, Role.LEAD)
def today(request: ActorRequest) -> HttpResponse:
    now, mine = timezone.now(), request.GET.get("who") != "all"
    day = selectors.visits_of_the_day(request.actor, now, mine=mine)
    return render(request, "follow_up_visit/today.html", {"day": day, "mine": mine, "now": now})


@require_GET
@for_roles(*WORKERS, Role.LIAISON)
def visit(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, reach(FollowUpVisit, pk, request.actor))


@require_POST
@for_roles(*WORKERS, Role.LIAISON)
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What is written of this visit, for this view only; written down first. A liaison opens what was written for her."""
    found = reach(FollowUpVisit, pk, request.actor)
    if request.actor.role == Role.LIAISON:
        opened = reveal(found, "brief", actor=request.actor, purpose=Purpose.LIAISON)
    else:
        opened = reveal(found, *RECORD, actor=request.actor, purpose=Purpose.FOLLOW_UP)
    return _page(request, found, opened=opened)


def _page(request: ActorRequest, found: FollowUpVisit, **revealed: Any) -> HttpResponse:
    liaison = request.actor.role == Role.LIAISON
    template = "follow_up_visit/asked.html" if liaison else "follow_up_visit/visit.html"
    danger = not liaison and found.case.danger == "high"
    context = {"obj": found, "opened": None, "danger_high": danger}
    return render(request, template, {**context, **revealed})


@for_roles(Role.CASEWORKER, Role.LEAD)
def cadence(request: ActorRequest) -> HttpResponse:
    """Everybody who visits may read it; the duty leader sets it."""
    agency = request.actor.agency_id
    rhythms = {
        (str(basis), str(level)): Cadence.of(agency, basis, level) for basis in ROUNDS for level in LEVELS
    }
    form = CadenceForm(request.POST or None, rhythms=rhythms)
    if request.method == "POST":
        if request.actor.role != Role.LEAD:
            raise PermissionDenied
        if form.is_valid():
            set_cadence(actor=request.actor, wanted=form.cleaned_data["wanted"])
            messages.success(
                request, _("Saved. Visits planned from now on follow it; what is planned stays.")
            )
            return redirect("follow_up_visit:cadence")
    if agency is None:
        raise Http404
    context = {"form": form, "levels": LEVELS, "may_set": request.actor.role == Role.LEAD}
    return render(request, "follow_up_visit/cadence.html", context, status=422 if form.errors else 200)
