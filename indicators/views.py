"""Pages of numbers; they reach no case. Supervisors read stored releases only, duty leaders also what is counted now."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from agencies.models import Area
from indicators import files, selectors
from indicators.board import Board
from indicators.figures import CLOCK_FIGURES, FIGURES, Figure
from indicators.forms import TownsForm
from indicators.gate import smallest
from indicators.layout import MONTHS, VERDICTS
from indicators.models import Release
from indicators.paper import release_pdf
from indicators.releases import exported, latest, versions
from indicators.today import now_lines
from indicators.towns import NotGrouped, group_towns, town_groups

for_readers = for_roles(Role.SUPERVISOR, Role.LEAD)
for_leads = for_roles(Role.LEAD)


@require_GET
@for_readers
def overview(request: ActorRequest) -> HttpResponse:
    if request.actor.role == Role.SUPERVISOR:
        return redirect("indicators:releases")
    period = _period(request)
    found = selectors.overview(_area(request), period)
    return render(
        request,
        "indicators/overview.html",
        {"found": found, "charted": FIGURES[selectors.CHARTED], **_frame(request, period)},
    )


@require_GET
@for_leads
def figure(request: ActorRequest, key: str) -> HttpResponse:
    period, area = _period(request), _area(request)
    if key in CLOCK_FIGURES:
        page = selectors.clock_page(CLOCK_FIGURES[key], area, period)
        return render(request, "indicators/clocks.html", {"page": page, **_frame(request, period)})
    shown = selectors.figure_page(_figure(key), area, period)
    return render(request, "indicators/figure.html", {"page": shown, **_frame(request, period)})


@require_GET
@for_leads
def csv(request: ActorRequest, key: str = "") -> HttpResponse:
    period, area = _period(request), _area(request)
    if not key:
        rows = files.overview_rows(selectors.overview(area, period))
    elif key in CLOCK_FIGURES:
        rows = files.clock_file_rows(selectors.clock_page(CLOCK_FIGURES[key], area, period))
    else:
        rows = files.figure_rows(selectors.figure_page(_figure(key), area, period))
    return files.as_file(rows, f"{key or 'figures'}-{period.year}")


@require_GET
@for_leads
def now(request: ActorRequest) -> HttpResponse:
    period = _period(request)
    context = {"lines": now_lines(_area(request), period.year), **_frame(request, period)}
    return render(request, "indicators/now.html", context)


@require_GET
@for_readers
def releases(request: ActorRequest) -> HttpResponse:
    """The newest year."""
    found = latest(_area(request))
    if found:
        return redirect("indicators:release", found[0].period)
    return render(request, "indicators/no_release.html", {"place": request.posting.agency.area})


@require_GET
@for_readers
def release(request: ActorRequest, period: str) -> HttpResponse:
    found = versions(_area(request), period)
    board = Board(_chosen(request, found))
    context = {
        "board": board,
        "versions": found,
        "periods": latest(_area(request)),
        "place": request.posting.agency.area,
    }
    return render(request, "indicators/release.html", context)


@require_GET
@for_readers
def release_file(request: ActorRequest, period: str, kind: str) -> HttpResponse:
    chosen = _chosen(request, versions(_area(request), period))
    name = f"release-{chosen.area}-{chosen.period}-v{chosen.version}"
    if kind == "json":
        headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
        answer = exported(chosen) | {"sha256": chosen.digest}
        return JsonResponse(answer, headers=headers, json_dumps_params={"ensure_ascii": False})
    if kind == "pdf":
        headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
        return HttpResponse(release_pdf(chosen), content_type="application/pdf", headers=headers)
    write = {"csv": files.as_file, "xlsx": files.as_workbook}[kind]
    return write(files.board_rows(Board(chosen)), name)


@require_http_methods(["GET", "POST"])
@for_leads
def towns(request: ActorRequest) -> HttpResponse:
    """The groups of towns: read, and drawn anew as the next version."""
    area = _area(request)
    form = TownsForm(
        list(Area.objects.filter(parent=area).order_by("code")), town_groups(area), request.POST or None
    )
    if request.method == "POST" and form.is_valid():
        try:
            group_towns(actor=request.actor, towns=form.answers())
            return redirect("indicators:towns")
        except NotGrouped as why:
            form.add_error(None, str(why))
    context = {"form": form, "groups": town_groups(area), "place": request.posting.agency.area}
    return render(request, "indicators/towns.html", context, status=400 if form.errors else 200)


def _chosen(request: ActorRequest, found: list[Release]) -> Release:
    """The version asked for; anything that is none is the newest."""
    if not found:
        raise Http404
    known = {str(one.version): one for one in found}
    return known.get(request.GET.get("version", ""), found[-1])


def _figure(key: str) -> Figure:
    if key not in FIGURES:
        raise Http404
    return FIGURES[key]


def _period(request: ActorRequest) -> selectors.Period:
    """The year asked for; anything that is no year of the list is the present one."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    known = {str(year): year for year in selectors.years(today)}
    return selectors.Period(known.get(asked, today.year), today)


def _area(request: ActorRequest) -> str:
    return str(request.posting.agency.area_id)


def _frame(request: ActorRequest, period: selectors.Period) -> dict[str, object]:
    """What every page of numbers needs."""
    words = {"months": MONTHS, "verdicts": VERDICTS, "least": smallest(), "mark": f"<{smallest()}"}
    place = request.posting.agency.area
    return {"period": period, "years": selectors.years(period.today), "place": place, **words}
