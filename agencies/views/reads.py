"""The auditor's page: who opened whose protected data, newest first. It opens none itself."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.selectors import reads_of

PAGE = 100


@for_roles(Role.AUDITOR)
def reads(request: ActorRequest) -> HttpResponse:
    rows = reads_of(request.actor, _before(request), PAGE + 1)
    more = rows[PAGE - 1].at.isoformat() if len(rows) > PAGE else ""
    return render(request, "agencies/reads.html", {"reads": rows[:PAGE], "next": more})


def _before(request: ActorRequest) -> datetime:
    try:
        asked = parse_datetime(request.GET.get("before", ""))
    except ValueError:
        asked = None
    return asked if asked and timezone.is_aware(asked) else timezone.now()
