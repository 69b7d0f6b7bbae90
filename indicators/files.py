"""The same rows as on the page, as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse
from django.utils.translation import pgettext as p_

from indicators.layout import MONTHS, VERDICTS
from indicators.selectors import ClockPage, FigurePage, Overview

Row = Sequence[object]
# A spreadsheet would take a cell that begins like this for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def overview_rows(found: Overview) -> Iterable[Row]:
    yield (p_("statistics", "Figure"), *MONTHS, p_("statistics", "Year"))
    for _group, pages in found.groups:
        for page in pages:
            yield (page.figure.label, *page.months, page.total)
    for clocks in found.clocks:
        yield ()
        yield from _clock_part(clocks, "all")
        yield from _clock_part(clocks, "owner")


def figure_rows(page: FigurePage) -> Iterable[Row]:
    yield (page.figure.label, p_("statistics", "Year"), page.total)
    for block in page.blocks:
        yield ()
        yield (block.title, p_("statistics", "Count"))
        yield from block.shown(page.sheet)


def clock_file_rows(page: ClockPage) -> Iterable[Row]:
    for block in page.months:
        yield (block.title, p_("statistics", "Count"))
        yield from block.shown(page.sheet)
        yield ()
    for part in ("all", "owner", "clock"):
        yield from _clock_part(page, part)
        yield ()


def _clock_part(page: ClockPage, part: str) -> Iterable[Row]:
    yield (page.figure.label, *(label for _code, label in VERDICTS), p_("statistics", "Share kept"))
    for row in page.rows(part):
        yield (row.label, *row.texts)


def as_file(rows: Iterable[Row], name: str) -> HttpResponse:
    """UTF-8 with a mark at the start, without which common spreadsheets do not read Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([harmless(str(cell)) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
