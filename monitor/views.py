"""Pages of the plan: the board, a target, who answers for what. Rounds are in round_views.py."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from monitor import casework, organisation, pooled, publishing, selectors
from monitor.board import Board
from monitor.dictionary import Target, dictionary
from monitor.forms import DecisionForm, ReferenceForm, ReporterForm, SeatForm, UnitsForm
from monitor.models import (
    Decision,
    PlanReference,
    Publication,
    Reporter,
    Responsibility,
    Seat,
)
from monitor.people import is_bureau, is_office
from monitor.seats import GROUPS_THAT_WORK, sits
from monitor.stored import LAST_YEAR
from workflow.engine import NotAllowed

for_readers = for_roles(Role.LIAISON, Role.SUPERVISOR, Role.LEAD)


def area_of(request: ActorRequest) -> str:
    return selectors.home_area(request.posting.agency.area)


def runs_it(request: ActorRequest) -> bool:
    return is_bureau(request.actor) or is_office(request.actor)


def takes_part(request: ActorRequest) -> bool:
    """Units, bureau, committee office, and whoever sits in a group that works; a third party and a supervisor do not."""
    unit = request.actor.role in (Role.LIAISON, Role.LEAD)
    return runs_it(request) or unit or sits(request.actor, area_of(request), GROUPS_THAT_WORK)


def sees_draft(request: ActorRequest) -> bool:
    return runs_it(request) or sits(request.actor, area_of(request), [Seat.Group.MONITORING])


def _content(request: ActorRequest) -> tuple[dict[str, Any] | None, Publication | None]:
    """The newest publication, or the year asked for; bureau and committee office may ask for the draft."""
    area = area_of(request)
    if request.GET.get("draft") and sees_draft(request):
        return publishing.content_of(area, timezone.localdate().year - 1, final=False), None
    found = Publication.objects.filter(area=area).order_by("-year", "-published_at")
    asked = request.GET.get("year", "")
    chosen = found.filter(year=int(asked)).first() if asked.isdigit() and len(asked) == 4 else None
    newest = chosen or found.first()
    return (newest.content, newest) if newest else (None, None)


@require_GET
@for_readers
def board(request: ActorRequest) -> HttpResponse:
    content, publication = _content(request)
    years = (
        Publication.objects.filter(area=area_of(request))
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    context = {
        "board": Board(content) if content else None, "publication": publication, "years": years,
        "runs_it": sees_draft(request), "place": request.posting.agency.area,
    }  # fmt: skip
    return render(request, "monitor/board.html", context)


@require_http_methods(["GET", "POST"])
@for_readers
def target(request: ActorRequest, target: str) -> HttpResponse:
    """One target with its indicators. POST: a decision on one of them."""
    one = dictionary().targets.get(target)
    if one is None:
        raise Http404
    area, content = area_of(request), _content(request)[0]
    form, status = DecisionForm(request.POST or None), 200
    code = request.POST.get("indicator", "")
    if request.method == "POST":
        if code not in {row.code for row in one.indicators}:
            raise Http404
        if form.is_valid():
            _decide(area, code, form, request)
            messages.success(request, _("Decided."))
            return redirect("monitor:target", one.id)
        status = 422
    lines = next((row for row in Board(content).all_targets if row.target is one), None) if content else None
    units = Responsibility.objects.filter(area=area, target=one.id).select_related("agency")
    codes = [row.code for row in one.indicators]
    reporters = {
        r.indicator: r.agency
        for r in Reporter.objects.filter(area=area, indicator__in=codes).select_related("agency")
    }
    mine = {c for c, agency in reporters.items() if agency.pk == request.actor.agency_id}
    context = {
        "content": content, "casework": casework.released(area) if one.id == casework.SHOWN_UNDER else None,
        "target": one, "line": lines, "units": units, "form": form, "chosen": code,
        "decides": [row for row in one.indicators if runs_it(request) or row.code in mine],
        "reporters": [(row, reporters.get(row.code)) for row in one.indicators],
        "decisions": Decision.objects.filter(area=area, indicator__in=codes).select_related("agency"),
    }  # fmt: skip
    context |= _beside(request, area, one)
    return render(request, "monitor/target.html", context, status=status)


def _beside(request: ActorRequest, area: str, one: Target) -> dict[str, Any]:
    """Where the target stands in other plans; and to those who know the counts anyway, rates of few people over the years."""
    read = (
        selectors.Read(area, LAST_YEAR, final=False) if any(map(pooled.is_pooled, one.indicators)) else None
    )
    mine = set(
        Reporter.objects.filter(area=area, agency=request.actor.agency_id).values_list("indicator", flat=True)
    )
    if not (request.actor.role in (Role.LIAISON, Role.LEAD) or is_office(request.actor)):
        mine = set()  # as Value.scope: a supervisor sees no exact count of the own body either
    known = [row for row in one.indicators if is_bureau(request.actor) or row.code in mine] if read else []
    spans = [(row, pooled.exact(row, read.points[row.code])) for row in known] if read else []
    return {
        "references": PlanReference.objects.filter(area=area, target=one.id), "office": is_office(request.actor),
        "reference": ReferenceForm(), "exact": [pair for pair in spans if pair[1]],
    }  # fmt: skip


@require_POST
@for_readers
def reference(request: ActorRequest, target: str) -> HttpResponse:
    if target not in dictionary().targets or not is_office(request.actor):
        raise Http404
    form = ReferenceForm(request.POST)
    if not form.is_valid():
        for fault in (text for texts in form.errors.values() for text in texts):
            messages.error(request, str(fault))
        return redirect("monitor:target", target)
    organisation.refer(area_of(request), target, actor=request.actor, **form.cleaned_data)
    return redirect("monitor:target", target)


def _decide(area: str, code: str, form: DecisionForm, request: ActorRequest) -> None:
    given = form.cleaned_data
    try:
        organisation.decide(
            area,
            code,
            given["kind"],
            given["number"],
            given["source"],
            actor=request.actor,
            year=given["year"],
        )
    except NotAllowed:
        raise PermissionDenied from None


@require_http_methods(["GET", "POST"])
@for_readers
def units(request: ActorRequest) -> HttpResponse:
    """Who answers for which target, who reports what, who sits in which group. POST: a seat."""
    area = area_of(request)
    if not takes_part(request):
        raise Http404
    form = SeatForm(area, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            organisation.seat(
                area, given["group"], actor=request.actor, user_id=given["user"].pk, ends_on=given["ends_on"]
            )
        except NotAllowed:
            raise PermissionDenied from None
        return redirect("monitor:units")
    rows = list(Responsibility.objects.filter(area=area).select_related("agency"))
    matrix = [(one, [row for row in rows if row.target == one.id]) for one in dictionary().targets.values()]
    context = {
        "matrix": matrix, "seats": Seat.objects.filter(area=area).select_related("user"), "form": form,
        "office": is_office(request.actor), "bureau": is_bureau(request.actor),
        "cards": "all" if runs_it(request) else request.actor.agency_id,
    }  # fmt: skip
    return render(request, "monitor/units.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_readers
def answers(request: ActorRequest, target: str) -> HttpResponse:
    """The units of one target (committee office) and the reporters of its indicators (bureau)."""
    one = dictionary().targets.get(target)
    if one is None or not runs_it(request):
        raise Http404
    area = area_of(request)
    if is_office(request.actor):
        return _assign(request, one, area)
    return _report(request, one, area)


def _assign(request: ActorRequest, one: Any, area: str) -> HttpResponse:
    rows = Responsibility.objects.filter(area=area, target=one.id)
    now = {"leads": next((r.agency_id for r in rows if r.part == "lead"), None),
           "joins": [r.agency_id for r in rows if r.part == "joins"]}  # fmt: skip
    form = UnitsForm(area, request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        organisation.answer_for(
            area, one.id, actor=request.actor, leads=given["leads"], joins=list(given["joins"])
        )
        return redirect("monitor:target", one.id)
    context = {"target": one, "forms": [(None, form)]}
    return render(request, "monitor/answers.html", context, status=422 if form.is_bound else 200)


def _report(request: ActorRequest, one: Any, area: str) -> HttpResponse:
    known = dict(Reporter.objects.filter(area=area).values_list("indicator", "agency"))
    forms = [
        (
            row,
            ReporterForm(
                area, request.POST or None, prefix=row.code, initial={"agency": known.get(row.code)}
            ),
        )
        for row in one.indicators
        if not row.casework
    ]
    if request.method == "POST" and all(form.is_valid() for _row, form in forms):
        for row, form in forms:
            organisation.report(area, row.code, actor=request.actor, agency=form.cleaned_data["agency"])
        return redirect("monitor:target", one.id)
    context = {"target": one, "forms": forms}
    return render(request, "monitor/answers.html", context, status=422 if request.method == "POST" else 200)
