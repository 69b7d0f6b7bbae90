"""The package for the plenary meeting: how it stands, what is warned of, not mended, owed, due. Drawn like a report."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as p_

from agencies.models import Area
from monitor.board import Board
from monitor.charts import of_domains
from monitor.models import EarlyWarning, Inspection, Occasion, PlanRecord, Publication, UnitPaper
from monitor.occasions import lines
from monitor.report_paper import Block, grid, head, note, picture, sheet, table
from monitor.words import LEVELS


def agenda_form(area: Area, today: date) -> dict[str, Any]:
    with translation.override("zh-hans"):
        title = _("Papers for the plenary meeting %(year)s") % {"year": today.year}
        secrecy = _("for the meeting only")
        return sheet(
            title, str(area), f"{area.pk}-{today:%Y%m%d}", today, secrecy, list(_blocks(area.pk, today))
        )


def _blocks(area: str, today: date) -> Iterator[Block]:
    newest = Publication.objects.filter(area=area).order_by("-year", "-published_at").first()
    yield head(_("1. How the plan stands"))
    if newest is None:
        yield note(_("Nothing published yet"))
    else:
        board = Board(newest.content)
        if board.content["invented"]:
            yield note(_("Demonstration: these numbers are invented and say nothing about the district."))
        reached = f"{board.content['reached']}/{board.content['monitorable']}"
        yield grid(
            [(_("Values up to"), str(newest.year)), (_("Attainment rate"), f"{reached}　{board.rate}")]
        )
        yield picture(of_domains(board))
    for title, heads, widths, rows in (_warned(area), _problems(area), _owed(area, today), _due(area, today)):
        yield head(title)
        yield table(heads, widths, rows) if rows else note(p_("warning", "None."))
    last = Occasion.objects.filter(area=area, kind="plenary").first()
    yield head(_("6. What was decided last time"))
    yield {"kind": "text", "text": (last.decisions or "——") if last else "——"}


Table = tuple[str, list[str], list[float], list[list[str]]]


def _warned(area: str) -> Table:
    open_ones = (
        EarlyWarning.objects.filter(area=area)
        .exclude(state__in=EarlyWarning.flow.final)
        .select_related("agency")
    )
    rows = [
        [one.about.name, str(LEVELS.get(one.level, "")), str(one.agency), str(one.state_label)]
        for one in open_ones
    ]
    return _("2. Early warnings"), [_("Indicator"), _("Level"), _("Unit"), _("State")], [4, 2, 3, 2], rows


def _problems(area: str) -> Table:
    open_ones = PlanRecord.objects.filter(area=area, kind="problem", state="open").select_related("agency")
    rows = [[one.heading, one.suggestion, str(one.agency), str(one.due_on or "")] for one in open_ones]
    heads = [_("Problem"), _("What should be done"), _("Unit"), _("Until")]
    return _("3. Problems that are not settled"), heads, [3, 4, 3, 2], rows


def _owed(area: str, today: date) -> Table:
    papers = UnitPaper.objects.filter(area=area, state__in=UnitPaper.waits_in, due_on__lt=today)
    found = Inspection.objects.filter(area=area, state="mending").select_related("agency")
    late = [*papers.select_related("agency"), *found]
    rows = [[str(one.agency), one.title(), str(one.due_on or ""), str(one.state_label)] for one in late]
    return (
        _("4. What units owe"),
        [_("Unit"), p_("occasion", "Occasion"), _("Until"), _("State")],
        [3, 4, 2, 2],
        rows,
    )


def _due(area: str, today: date) -> Table:
    held = lines(Occasion.objects.filter(area=area).values_list("kind", "held_on"), today)
    rows = [
        [str(line.kind.label), str(line.due_year)]
        for line in held
        if line.due_year and line.due_year <= today.year
    ]
    return _("5. Due this year"), [p_("occasion", "Occasion"), _("Year")], [4, 2], rows
