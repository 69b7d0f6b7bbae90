"""Pages of the seats: what waits for one's seat, and what is proposed to the leading group."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from agencies.middleware import ActorRequest
from monitor.models import Proposal, Publication
from monitor.office_views import begin_page, exported
from monitor.people import in_area
from monitor.records import the_file
from monitor.seats import GROUPS_THAT_WORK, seats_now, sits_in
from monitor.views import area_of, for_readers, runs_it
from monitor.waiting import desks
from workflow.engine import reach


@require_GET
@for_readers
def seat(request: ActorRequest) -> HttpResponse:
    """What waits for each seat one holds today. Whoever holds none finds nothing here."""
    found = desks(request.actor)
    if not found:
        raise Http404
    return render(request, "monitor/seat.html", {"desks": found})


@require_GET
@for_readers
def frozen(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One frozen publication, as it was published: for whoever sits in a group, the third-party evaluator too."""
    rows = Publication.objects.filter(
        sits_in(request.actor, *seats_now(request.actor).values_list("group", flat=True))
    )
    if runs_it(request):
        rows = Publication.objects.filter(in_area(request.actor))
    one = rows.filter(pk=pk).first()
    if one is None:
        raise Http404
    return JsonResponse(exported(one), json_dumps_params={"ensure_ascii": False})


def _decides(request: ActorRequest) -> bool:
    return runs_it(request) or seats_now(request.actor).filter(group__in=GROUPS_THAT_WORK).exists()


@require_GET
@for_readers
def proposals(request: ActorRequest) -> HttpResponse:
    if not _decides(request):
        raise Http404
    blank = Proposal(area_id=area_of(request))
    context = {
        "rows": Proposal.objects.visible_to(request.actor), "flow": Proposal.flow,
        "may": Proposal.flow.opening.who(request.actor, blank),
    }  # fmt: skip
    return render(request, "monitor/proposals.html", context)


@require_http_methods(["GET", "POST"])
@for_readers
def new_proposal(request: ActorRequest) -> HttpResponse:
    """A scheme as written, or the dictionary as its file lies there."""
    fixed: dict[str, Any] = {"area_id": area_of(request), "proposer_id": request.actor.user_id}
    if request.POST.get("kind") == Proposal.Kind.DICTIONARY:
        fixed |= the_file()
    return begin_page(request, Proposal(**fixed), fixed)


@require_GET
@for_readers
def proposal(request: ActorRequest, pk: UUID) -> HttpResponse:
    template, context = reach(Proposal, pk, request.actor).panel(request.actor)
    return render(request, "monitor/life.html", {"panel": template, **context})
