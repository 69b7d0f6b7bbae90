"""The same rows as on the page, as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils.translation import pgettext as p_
from openpyxl import Workbook

from indicators.board import Board
from indicators.layout import MONTHS, VERDICTS
from indicators.selectors import ClockPage, FigurePage, Overview
from workflow.cells import harmless

Row = Sequence[object]


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


def board_rows(board: Board) -> Iterable[Row]:
    """The lines of the page, section by section."""
    release = board.release
    yield (release.area, release.period, release.version, release.as_of.isoformat(), release.digest)
    for section in board.sections:
        for panel in section.panels:
            yield ()
            yield (panel.title, *panel.head)
            for line in panel.lines:
                yield (line.label, *line.texts)


def as_workbook(rows: Iterable[Row], name: str) -> HttpResponse:
    """Numbers as numbers, everything else as text: no cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(
            [
                int(text)
                if (text := str(cell)).isascii() and text.isdigit() and len(text) < 9
                else harmless(text)
                for cell in row
            ]
        )
    data = BytesIO()
    book.save(data)
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(data.getvalue(), content_type=kind, headers=headers)


def as_file(rows: Iterable[Row], name: str) -> HttpResponse:
    """UTF-8 with a mark at the start, without which common spreadsheets do not read Chinese."""
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([harmless(str(cell)) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
