"""Lists: cases, today, what is due, search, and the inbox of a liaison."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework import selectors
from casework.forms import SearchForm
from casework.lists import ORDERS, case_list
from casework.search import find_cases
from casework.views.base import for_workers
from privacy.errors import TooVague
from workflow.models import Notice


@require_GET
@for_workers
def cases(request: ActorRequest) -> HttpResponse:
    page = case_list(request.actor, request.GET.dict(), timezone.now())
    return render(request, "casework/list.html", {"page": page, "orders": ORDERS, "search": SearchForm()})


@require_GET
@for_workers
def today(request: ActorRequest) -> HttpResponse:
    context = selectors.today(request.actor, timezone.now())
    ids = [row.subject_id for row in context["deadlines"]] + [
        a.deadline.subject_id for a in context["alerts"]
    ]
    return render(
        request, "casework/today.html", {**context, "cases": selectors.names_of_cases(ids, request.actor)}
    )


@require_GET
@for_workers
def due(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    rows = list(selectors.due_clocks(request.actor, now)[:200])
    names = selectors.names_of_cases([row.subject_id for row in rows], request.actor)
    return render(request, "casework/due.html", {"deadlines": rows, "cases": names, "now": now})


@require_POST
@for_workers
def search(request: ActorRequest) -> HttpResponse:
    """By POST only: what is searched for never stands in an address."""
    form, hits = SearchForm(request.POST), []
    if form.is_valid():
        try:
            hits = find_cases(form.cleaned_data["text"], request.actor)
        except TooVague:
            form.add_error(
                "text", _("Too many people fit. Type more: two characters of the name, or more digits.")
            )
    context = {"form": form, "hits": hits, "asked": form.is_valid()}
    return render(request, "casework/search.html", context, status=200 if form.is_valid() else 422)


@require_GET
@for_roles(Role.LIAISON)
def inbox(request: ActorRequest) -> HttpResponse:
    now = timezone.now()
    return render(request, "casework/inbox.html", {"inbox": selectors.inbox(request.actor, now), "now": now})


@require_POST
@for_roles(Role.LIAISON)
def notices_seen(request: ActorRequest) -> HttpResponse:
    for notice in Notice.objects.visible_to(request.actor).filter(seen_at=None):
        notice.see(timezone.now())
    return redirect("casework:inbox")
