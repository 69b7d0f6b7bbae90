"""Lists: cases, today, what is due, search, and the inbox of a liaison."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.guards import for_roles, looks_up
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework import waiting
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
    return render(
        request, "casework/today.html", waiting.today(request.actor, request.GET.dict(), timezone.now())
    )


@require_POST
@for_workers
def alerts_seen(request: ActorRequest) -> HttpResponse:
    waiting.see_alerts(actor=request.actor, now=timezone.now())
    return redirect("casework:today")


@require_GET
@for_workers
def due(request: ActorRequest) -> HttpResponse:
    page = waiting.due_page(request.actor, request.GET.dict(), timezone.now())
    cases = waiting.names_of_cases([row.subject_id for row in page.rows.items], request.actor)
    return render(request, "casework/due.html", {"page": page, "cases": cases})


@require_POST
@looks_up
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
    found = waiting.inbox(request.actor, request.GET.dict(), timezone.now())
    return render(request, "casework/inbox.html", {"inbox": found})


@require_POST
@for_roles(Role.LIAISON)
def notices_seen(request: ActorRequest) -> HttpResponse:
    for notice in Notice.objects.visible_to(request.actor).filter(seen_at=None):
        notice.see(timezone.now())
    return redirect("casework:inbox")
