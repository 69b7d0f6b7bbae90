"""The page of one measure: its panel, and what may be opened of it. For our own people and for liaisons."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measure import Measure
from casework.reading import Opened, labelled, open_measure, people_of
from casework.selectors import danger_bar
from casework.views.base import WORKERS
from casework.views.opening import kind_of_flow
from workflow.engine import reach

for_readers = for_roles(*WORKERS, Role.LIAISON)


@require_GET
@for_readers
def measure(request: ActorRequest, flow: str, pk: UUID) -> HttpResponse:
    return _page(request, reach(kind_of_flow(flow), pk, request.actor), {})


@require_POST
@for_readers
def show(request: ActorRequest, flow: str, pk: UUID) -> HttpResponse:
    """Open texts and names for this view only; written down first."""
    found = reach(kind_of_flow(flow), pk, request.actor)
    return _page(request, found, open_measure(found, request.actor, "number" in request.POST))


def _page(request: ActorRequest, found: Measure, opened: Opened) -> HttpResponse:
    template, panel = found.panel(request.actor)
    worker = request.actor.role in WORKERS
    context = {
        **panel, "panel": template, "people": people_of(found), "opened": opened, "texts": labelled(found, opened),
        "worker": worker, "on_page": True, **(danger_bar(found.case) if worker else {}),
    }  # fmt: skip
    return render(request, "casework/measure.html", context)
