"""Pages of papers, inspections and reports; and what is published, for everybody and for programs."""

import csv
from hashlib import sha256
from io import StringIO
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agencies.guards import for_anybody
from agencies.middleware import ActorRequest
from monitor import organisation
from monitor.board import Board, aim_of
from monitor.dictionary import dictionary
from monitor.forms import MeansForm, OccasionForm
from monitor.levels import rows_of
from monitor.models import (
    EarlyWarning,
    Inspection,
    Means,
    Occasion,
    PlanRecord,
    PlanReport,
    Publication,
    UnitPaper,
)
from monitor.occasions import lines
from monitor.office import OfficeLife
from monitor.paper_views import may_open_agenda
from monitor.people import is_office
from monitor.views import area_of, for_readers, runs_it, takes_part
from workflow.engine import BadTakes, NotAllowed, Unmet, begin, reach
from workflow.forms import MoveForm, move_form

KINDS: dict[str, type[OfficeLife]] = {one.flow.key: one for one in (UnitPaper, Inspection, PlanRecord)}


def _kind(flow: str) -> type[OfficeLife]:
    if flow not in KINDS:
        raise Http404
    return KINDS[flow]


@require_GET
@for_readers
def papers(request: ActorRequest) -> HttpResponse:
    """Everything units owe the committee office, and what inspections found; the reports."""
    if not takes_part(request):
        raise Http404
    area = area_of(request)
    lists = [
        (
            kind,
            kind.objects.visible_to(request.actor).select_related("agency")[:300],
            kind.flow.opening.who(request.actor, kind(area_id=area)),
        )
        for kind in KINDS.values()
    ]
    reports = PlanReport.objects.visible_to(request.actor).select_related("publication")
    writes = PlanReport.flow.opening.who(request.actor, None)
    context = {"lists": lists, "reports": reports, "writes": writes}
    return render(request, "monitor/papers.html", context)


@require_http_methods(["GET", "POST"])
@for_readers
def new_paper(request: ActorRequest, flow: str) -> HttpResponse:
    kind = _kind(flow)
    area = area_of(request)
    return begin_page(request, kind(area_id=area), {"area_id": area})


@require_http_methods(["GET", "POST"])
@for_readers
def new_report(request: ActorRequest) -> HttpResponse:
    area = area_of(request)
    newest = Publication.objects.filter(area=area).order_by("-year", "-published_at").first()
    fixed = {
        "area_id": area,
        "writer_id": request.actor.user_id,
        "publication_id": newest.pk if newest else None,
    }
    return begin_page(request, PlanReport(**fixed), fixed)


def begin_page(request: ActorRequest, blank: Any, fixed: dict[str, Any]) -> HttpResponse:
    """The page on which a life of an office begins."""
    opening = blank.flow.opening
    if not opening.who(request.actor, blank):
        raise Http404
    form = move_form(blank, opening, request.actor, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, blank, form, 422 if request.method == "POST" else 200)
    given = {**fixed, **form.columns()}
    try:
        made = begin(type(blank), actor=request.actor, key=form.cleaned_data.get("key") or None, **given)
    except BadTakes as refused:
        return _form(request, blank, refused.form, 422)
    except Unmet as refused:
        return _form(request, blank, form, 409, refused.needs)
    except NotAllowed:
        raise Http404 from None
    return redirect(made)


def _form(request: ActorRequest, blank: Any, form: MoveForm, status: int, unmet: Any = ()) -> HttpResponse:
    context = {"form": form, "unmet": unmet, "flow": blank.flow}
    return render(request, "monitor/new_paper.html", context, status=status)


@require_GET
@for_readers
def paper(request: ActorRequest, flow: str, pk: UUID) -> HttpResponse:
    template, context = reach(_kind(flow), pk, request.actor).panel(request.actor)
    return render(request, "monitor/life.html", {"panel": template, **context})


@require_GET
@for_readers
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    one = reach(PlanReport, pk, request.actor)
    template, context = one.panel(request.actor)
    return render(request, "monitor/life.html", {"panel": template, **context})


@require_http_methods(["GET", "POST"])
@for_readers
def calendar(request: ActorRequest) -> HttpResponse:
    """What the calendar of the plan asks for, and money and people for it. POST: something held, or one's own means."""
    if not takes_part(request):
        raise Http404
    area, sent = area_of(request), request.POST.get("what", "")
    data = {name: request.POST if sent == name else None for name in ("held", "means")}
    open_ones = EarlyWarning.objects.visible_to(request.actor).exclude(state__in=EarlyWarning.flow.final)
    held, means = (
        OccasionForm(data["held"], prefix="held", warnings=open_ones),
        MeansForm(data["means"], prefix="means"),
    )
    try:
        if sent == "held" and held.is_valid():
            organisation.hold(area, actor=request.actor, **held.cleaned_data)
            return redirect("monitor:calendar")
        if sent == "means" and means.is_valid():
            organisation.provide(area, actor=request.actor, **means.cleaned_data)
            return redirect("monitor:calendar")
    except NotAllowed:
        raise PermissionDenied from None
    occasions = Occasion.objects.filter(area=area).select_related("about")
    rows = Means.objects.filter(area=area).select_related("agency")
    context = {
        "lines": lines(occasions.values_list("kind", "held_on"), timezone.localdate()), "occasions": occasions[:100],
        "agenda": may_open_agenda(request), "held": held, "means": means, "office": is_office(request.actor),
        "rows": rows if runs_it(request) else rows.filter(agency=request.actor.agency_id),
    }  # fmt: skip
    return render(request, "monitor/calendar.html", context, status=422 if sent else 200)


def _published(area: str) -> Publication:
    found = Publication.objects.filter(area=area).order_by("-year", "-published_at").first()
    if found is None:
        raise Http404
    return found


@require_GET
@for_anybody
def public(request: HttpRequest, area: str) -> HttpResponse:
    """Without an account: the newest publication and the reports that are published."""
    newest = _published(area)
    reports = PlanReport.objects.filter(area=area, state="published").select_related("publication")
    context = {
        "board": Board(newest.content),
        "publication": newest,
        "place": newest.area,
        "reports": reports,
        "sdmx_digest": sha256(sdmx_text(newest).encode()).hexdigest(),
    }
    return render(request, "monitor/public.html", context)


@require_GET
@for_anybody
def methods(request: HttpRequest) -> HttpResponse:
    """How it is measured, and the whole dictionary: no value stands here."""
    book = dictionary()
    domains = [
        {
            "name": one.name,
            "rows": [(t, [(i, aim_of(i)) for i in t.indicators if not i.support]) for t in one.targets],
        }
        for one in book.domains
    ]
    shown = {"version": book.version, "dated": book.dated, "digest": book.digest, "domains": domains}
    return render(request, "monitor/methods.html", {"book": shown})


@require_GET
@for_anybody
def export(request: HttpRequest, area: str) -> HttpResponse:
    """The publication for other programs, as it is stored."""
    return JsonResponse(exported(_published(area)), json_dumps_params={"ensure_ascii": False})


def exported(one: Publication) -> dict[str, Any]:
    return {"format": "huhang-plan/1", "version": one.version, "published_at": one.published_at.isoformat(),
            "sha256": one.digest, "content": one.content}  # fmt: skip


@require_GET
@for_anybody
def sdmx(request: HttpRequest, area: str) -> HttpResponse:
    """SDMX-CSV 2.0: one row an observation; Q stands for withheld. Its digest stands in a header and on the public page."""
    text = sdmx_text(_published(area))
    kind = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
    return HttpResponse(text, content_type=kind, headers={"X-SHA256": sha256(text.encode()).hexdigest()})


COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "INDICATOR", "SEX", "TIME_PERIOD", "OBS_VALUE",
           "OBS_STATUS", "UNIT_MEASURE", "NUMERATOR", "DENOMINATOR", "VERSION", "LEVELS_BELOW")  # fmt: skip


def sdmx_text(one: Publication) -> str:
    text = StringIO()
    out = csv.writer(text)
    out.writerow(COLUMNS)
    below = one.content.get("below", 0)
    for code, years in rows_of(one.content).items():
        known = dictionary().indicators.get(code)
        if known is None:
            continue
        sex = {"f": "F"}.get(known.main, "F" if known.sex == "women" else "_T")
        for year, (value, x, n) in years.items():
            start = ("dataflow", "HUHANG:PLAN(1.0)", "I", "A", one.area_id, code, sex, year)
            counts = ("" if part is None else part for part in (x, n))
            out.writerow(
                [*start, value or "", "A" if value else "Q", known.unit, *counts, one.version, below]
            )
    return text.getvalue()
