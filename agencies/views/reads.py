"""The auditor's page: who opened whose protected data, newest first; and what the watch over it has to tell."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.readings import Asked, alert_lines, chain_states, people_read_of, readings
from agencies.watch import alerts_for, see
from privacy.audit import Action, Outcome

FILTERS = ("person", "case", "action", "outcome", "day")
MOST_ALERTS = 200


@require_GET
@for_roles(Role.AUDITOR)
def reads(request: ActorRequest) -> HttpResponse:
    query = request.GET.dict()
    rows, following = readings(request.actor, Asked.of(query))
    kept = {name: query[name] for name in FILTERS if query.get(name)}
    context = {
        "reads": rows,
        "next": following,
        "older_url": f"?{urlencode({**kept, 'before': following})}" if following else "",
        "first_url": f"?{urlencode(kept)}" if query.get("before") else "",
        "asked": kept,
        "people": people_read_of(request.actor),
        "actions": Action.choices,
        "outcomes": Outcome.choices,
        "chains": chain_states(request.actor),
        "alerts": alert_lines(alerts_for(request.actor).filter(seen_at=None)[:5]),
    }
    return render(request, "agencies/reads.html", context)


@require_GET
@for_roles(Role.AUDITOR, Role.LEAD, Role.ADMINISTRATOR)
def alerts(request: ActorRequest) -> HttpResponse:
    """What was out of the ordinary: for duty leader and administrator to see to, for the auditor to look at."""
    lines = alert_lines(alerts_for(request.actor)[:MOST_ALERTS])
    waiting = any(line["alert"].seen_at is None for line in lines)
    return render(request, "agencies/alerts.html", {"alerts": lines, "waiting": waiting})


@require_POST
@for_roles(Role.LEAD, Role.ADMINISTRATOR)
def alerts_seen(request: ActorRequest) -> HttpResponse:
    """Only what stood on the page: what came meanwhile stays new. One that was not hers to see, and none is marked."""
    try:
        ids = {UUID(text) for text in request.POST.getlist("alert")}
    except ValueError:
        raise Http404 from None
    if alerts_for(request.actor).filter(pk__in=ids).count() != len(ids):
        raise Http404
    see(actor=request.actor, ids=ids, now=timezone.now())
    return redirect("agencies:alerts")
