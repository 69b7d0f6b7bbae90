"""The page of a file: for the body that holds the sessions and for the workers of the case. Moves have the one move view."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.perpetrator_intervention import reading, selectors
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from workflow.engine import reach

for_readers = for_roles(Role.CASEWORKER, Role.LEAD, Role.LIAISON)
OPENERS = {"person": reading.open_person, "texts": reading.open_texts}


@require_GET
@for_readers
def file(request: ActorRequest, pk: UUID) -> HttpResponse:
    return _page(request, reach(PerpetratorIntervention, pk, request.actor))


@require_POST
@for_readers
def show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open the name or the texts for this view only; written down first."""
    found, part = reach(PerpetratorIntervention, pk, request.actor), request.POST.get("part", "")
    if part not in OPENERS:
        raise Http404
    return _page(request, found, part=part, opened=OPENERS[part](found, request.actor))


def _page(request: ActorRequest, found: PerpetratorIntervention, **revealed: Any) -> HttpResponse:
    context = {
        "obj": found,
        "case": selectors.case_of(found, request.actor),
        **selectors.rows_of(found, request.actor),
        **{"part": "", "opened": {}, **revealed},
    }
    return render(request, "perpetrator_intervention/file.html", context)
