"""Pages of screening rounds. Entering results is a move and has the one move view."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from casework.measures.screening_round import services
from casework.measures.screening_round.models import WORKERS, ScreeningCheck, ScreeningRound
from casework.measures.screening_round.needs import GRAVE
from privacy.audit import Purpose
from privacy.reading import reveal_many
from workflow.engine import BadTakes, NotAllowed, Unmet, begin, reach
from workflow.forms import MoveForm, move_form

for_workers = for_roles(*WORKERS)


@require_GET
@for_workers
def rounds(request: ActorRequest) -> HttpResponse:
    found = ScreeningRound.objects.visible_to(request.actor).select_related("area", "agency")[:200]
    return render(request, "screening_round/list.html", {"rounds": found})


@for_workers
def new(request: ActorRequest) -> HttpResponse:
    opening, blank = ScreeningRound.flow.opening, ScreeningRound()
    if request.method != "POST":
        return _new(request, move_form(blank, opening, request.actor))
    form = move_form(blank, opening, request.actor, request.POST)
    if not form.is_valid():
        return _new(request, form, 422)
    key, given = form.cleaned_data.get("key") or None, form.columns()
    try:
        made = begin(ScreeningRound, actor=request.actor, key=key, agency_id=request.actor.agency_id, **given)
    except BadTakes as refused:
        return _new(request, refused.form, 422)
    except Unmet as refused:
        return _new(request, form, 409, refused.needs)
    except NotAllowed:
        return _new(request, form, 403)
    return redirect(made)


def _new(request: ActorRequest, form: MoveForm, status: int = 200, unmet: Any = ()) -> HttpResponse:
    context = {"form": form, "unmet": unmet, "flow": ScreeningRound.flow}
    return render(request, "screening_round/new.html", context, status=status)


@for_roles(*WORKERS, Role.LIAISON)
def one_round(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Numbers for all; findings are opened one by one, on request, and written down."""
    found = reach(ScreeningRound, pk, request.actor)
    waiting = ScreeningCheck.objects.visible_to(request.actor).filter(round=found, result__in=GRAVE)
    rows = list(waiting.select_related("case"))
    opened = _texts(rows, request) if request.method == "POST" else []
    context = {"obj": found, "findings": rows, "texts": dict(zip([r.pk for r in rows], opened, strict=False))}
    return render(request, "screening_round/round.html", {**context, "shown": bool(opened)})


def _texts(rows: list[ScreeningCheck], request: ActorRequest) -> list[str]:
    asked = [(row, ("account",)) for row in rows]
    return [one["account"] or "" for one in reveal_many(asked, actor=request.actor, purpose=Purpose.CASEWORK)]


@for_workers
def finding(request: ActorRequest, pk: UUID, check: UUID) -> HttpResponse:
    """POST: a case of it, or a reason why not. GET: the page that asks for the reason."""
    row = get_object_or_404(ScreeningCheck.objects.visible_to(request.actor), pk=check, round_id=pk)
    why, error = request.POST.get("why", "")[:500], ""
    if request.method == "POST":
        try:
            if "open" in request.POST:
                return redirect(services.open_case_from(row, actor=request.actor))
            services.set_aside(row, actor=request.actor, why=why)
        except ValidationError as wrong:
            error = " ".join(wrong.messages)
        else:
            messages.success(request, _("Set aside with its reason."))
            return redirect(row.round)
    context = {"row": row, "why": why, "error": error}
    return render(request, "screening_round/finding.html", context, status=422 if error else 200)
