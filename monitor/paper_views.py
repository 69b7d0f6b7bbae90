"""Files and cards: a report as PDF or Word, the package for a meeting, a unit's score card."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.guards import for_anybody
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import Agency, Area
from indicators.files import as_workbook
from monitor.agenda import agenda_form
from monitor.card import card_of, card_rows
from monitor.models import PlanReport
from monitor.report_paper import report_form
from monitor.seats import Group, sits
from monitor.views import area_of, for_readers, runs_it
from workflow.engine import reach
from workflow.paper.draw import MEDIA_TYPES, RENDERERS


@require_GET
@for_readers
def report_file(request: ActorRequest, pk: UUID, kind: str) -> HttpResponse:
    return _report(reach(PlanReport, pk, request.actor), kind)


@require_GET
@for_anybody
def public_report(request: HttpRequest, area: str, pk: UUID, kind: str) -> HttpResponse:
    rows = PlanReport.objects.filter(area=area, pk=pk, state="published")
    one = rows.select_related("publication", "area").first()
    if one is None:
        raise Http404
    return _report(one, kind)


def _report(one: PlanReport, kind: str) -> HttpResponse:
    """Drawn anew each time, always the same: what it is drawn from stands still once it is published."""
    return (
        _file(report_form(one), f"plan-report-{one.publication.year}", kind) if kind in RENDERERS else _none()
    )


def _none() -> HttpResponse:
    raise Http404


def _file(form: dict[str, object], name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(RENDERERS[kind](form), content_type=MEDIA_TYPES[kind], headers=headers)


def may_open_agenda(request: ActorRequest) -> bool:
    return runs_it(request) or sits(request.actor, area_of(request), [Group.LEADING])


@require_GET
@for_readers
def agenda(request: ActorRequest, kind: str) -> HttpResponse:
    if not may_open_agenda(request) or kind not in RENDERERS:
        raise Http404
    area = Area.objects.get(pk=area_of(request))
    return _file(agenda_form(area, timezone.localdate()), "plan-meeting", kind)


@require_GET
@for_readers
def card(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The unit's own, or for bureau, office, evaluation and leading group any unit's of the area. ?as=xlsx: the table."""
    area = area_of(request)
    unit = Agency.objects.filter(pk=pk, area=area, is_active=True).first()
    reads = runs_it(request) or sits(request.actor, area, [Group.EVALUATION, Group.LEADING])
    own = pk == request.actor.agency_id and request.actor.role in (Role.LIAISON, Role.LEAD)
    if unit is None or not (reads or own):
        raise Http404
    found = card_of(area, unit)
    if request.GET.get("as") == "xlsx":
        return as_workbook(card_rows(found), f"plan-card-{found.year}")
    return render(request, "monitor/card.html", {"card": found})
