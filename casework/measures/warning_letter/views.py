"""The page of a letter, for the federation and for the station that was asked. Its moves have the one move view."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.warning_letter import reading, selectors
from casework.measures.warning_letter.models import WarningLetter
from workflow.engine import reach

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
for_readers = for_roles(*WORKERS, Role.LIAISON)
OPENERS = {"people": reading.open_people, "texts": reading.open_texts}


@require_GET
@for_readers
def letter(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, reach(WarningLetter, pk, request.actor))


@require_POST
@for_readers
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open names or texts for this view only; written down first."""
    found, part = reach(WarningLetter, pk, request.actor), request.POST.get("part", "")
    if part not in OPENERS:
        raise Http404
    opened = OPENERS[part](found, request.actor, "number" in request.POST)
    return _page(request, found, part=part, opened=opened)


def _page(request: ActorRequest, found: WarningLetter, **revealed: Any) -> HttpResponse:
    context = {
        "obj": found,
        "people": selectors.people_of(found),
        "incidents": selectors.incidents_of(found),
        "worker": request.actor.role in WORKERS,
        "danger_high": found.case.danger == "high",
        **{"part": "", "opened": {}, **revealed},
    }
    return render(request, "warning_letter/letter.html", context)
