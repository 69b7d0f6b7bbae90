"""The agenda of case conferences. A conference itself has its panel and the page of every measure."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.case_conference import selectors


@require_GET
@for_roles(Role.CASEWORKER, Role.LEAD)
def agenda(request: ActorRequest) -> HttpResponse:
    return render(request, "case_conference/agenda.html", selectors.agenda(request.actor))
