"""Pages of numbers. They reach no case, only tallies, and show nothing that has not passed the gate."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from agencies.guards import for_roles
from agencies.kinds import Role
from agencies.middleware import ActorRequest
from indicators import files, selectors
from indicators.figures import CLOCK_FIGURES, FIGURES, Figure
from indicators.gate import smallest
from indicators.layout import MONTHS, VERDICTS

for_readers = for_roles(Role.SUPERVISOR, Role.LEAD)


@require_GET
@for_readers
def overview(request: ActorRequest) -> HttpResponse:
    period = _period(request)
    found = selectors.overview(_area(request), period)
    return render(
        request,
        "indicators/overview.html",
        {"found": found, "charted": FIGURES[selectors.CHARTED], **_frame(request, period)},
    )


@require_GET
@for_readers
def figure(request: ActorRequest, key: str) -> HttpResponse:
    period, area = _period(request), _area(request)
    if key in CLOCK_FIGURES:
        page = selectors.clock_page(CLOCK_FIGURES[key], area, period)
        return render(request, "indicators/clocks.html", {"page": page, **_frame(request, period)})
    shown = selectors.figure_page(_figure(key), area, period)
    return render(request, "indicators/figure.html", {"page": shown, **_frame(request, period)})


@require_GET
@for_readers
def csv(request: ActorRequest, key: str = "") -> HttpResponse:
    period, area = _period(request), _area(request)
    if not key:
        rows = files.overview_rows(selectors.overview(area, period))
    elif key in CLOCK_FIGURES:
        rows = files.clock_file_rows(selectors.clock_page(CLOCK_FIGURES[key], area, period))
    else:
        rows = files.figure_rows(selectors.figure_page(_figure(key), area, period))
    return files.as_file(rows, f"{key or 'figures'}-{period.year}")


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
