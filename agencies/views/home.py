"""Where each role's work begins."""

from django.http import HttpResponse
from django.shortcuts import redirect

from agencies.guards import STAFF, for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest

FIRST_PAGE = {
    Role.OPERATOR: "hotline:desk",
    Role.CASEWORKER: "casework:today",
    Role.LEAD: "casework:today",
    Role.LIAISON: "casework:inbox",
    Role.SUPERVISOR: "indicators:overview",
    Role.AUDITOR: "agencies:reads",
    Role.ADMINISTRATOR: "agencies:people",
}


@for_roles(*STAFF)
def home(request: ActorRequest) -> HttpResponse:
    return redirect(FIRST_PAGE[Role(request.actor.role)])
