"""A unit's values as a spreadsheet, out and in. No cell is a formula, and a file that brings one is told the row."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as p_
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from monitor.entry import Row, slot_for
from monitor.lives import Submission
from monitor.slots import Slot
from monitor.stored import FIRST_YEAR, NO_LONG_NUMBERS, Answer
from workflow.cells import harmless

MARK = "huhang-plan-1"
COLUMNS = (
    "code",
    "indicator",
    "sex",
    "part",
    "year",
    "unit",
    "answer",
    "x",
    "n",
    "number",
    "source",
    "explanation",
)
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 1_000_000, 20_000_000, 2000
HEAD = 3


def heads() -> list[str]:
    return [
        p_("table", "Code"), p_("table", "Indicator"), p_("table", "Series"), p_("table", "Town or institution"),
        p_("table", "Year"), p_("table", "Unit"), p_("table", "Answer"), p_("table", "Count"),
        p_("table", "Of how many"), p_("table", "Value"), p_("table", "Source"), p_("table", "Explanation"),
    ]  # fmt: skip


def template(submission: Submission) -> bytes:
    """The rows this unit reports, with what stands there now. The first row says for which round and unit it is."""
    book = Workbook()
    sheet = book.active
    sheet.title = str(submission.round.year)
    sheet.append([MARK, str(submission.round_id), str(submission.agency_id), submission.round.year])
    answers = "、".join(f"{value} {label}" for value, label in Answer.choices)
    hint = _(
        "One row for each value; earlier years may be added. Answers: %(answers)s. Empty: not reported yet."
    )
    sheet.append([hint % {"answers": answers}])
    sheet.append(heads())
    for slot in submission.slots():
        sheet.append([_cell(value) for value in _cells(slot, submission.round.year)])
    for letter, width in zip("ABCDEFGHIJKL", (9, 34, 7, 16, 7, 10, 12, 11, 11, 11, 22, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A4"
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _cells(slot: Slot, year: int) -> tuple[Any, ...]:
    one, value = slot.indicator, slot.value
    fixed = (one.code, one.name, slot.sex, slot.part, year, one.sign)
    if value is None:
        return (*fixed, "", "", "", "", "", "")
    number = "" if value.number is None else f"{value.number.normalize():f}"
    return (*fixed, value.answer, value.x, value.n, number, value.source, value.explanation)


def _cell(value: Any) -> Any:
    return value if isinstance(value, int) or value is None else harmless(str(value))


def rows_of(data: bytes, submission: Submission) -> list[Row]:
    """The rows of a returned table; ValidationError if it is no table of this round and unit."""
    lines = _opened(data)
    first = [str(cell.value or "") for cell in lines[0]] if lines else []
    if first[:3] != [MARK, str(submission.round_id), str(submission.agency_id)]:
        raise ValidationError(_("This table belongs to another round or unit: download it here again."))
    if len(lines) > MOST_ROWS + HEAD:
        raise ValidationError(_("The table has too many rows."))
    return list(_read_rows(lines[HEAD:], submission))


def _opened(data: bytes) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is too large for such a table."))
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise ValidationError(_("The file is too large for such a table."))
        sheet = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False).worksheets[0]
        return list(sheet.iter_rows(max_row=MOST_ROWS + HEAD + 1, max_col=len(COLUMNS)))
    except (
        BadZipFile,
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        OSError,
    ) as wrong:
        raise ValidationError(_("This is no table in the form xlsx.")) from wrong


def _read_rows(lines: list[Any], submission: Submission) -> Iterator[Row]:
    mine = {slot.indicator.code for slot in submission.slots()}
    for number, cells in enumerate(lines, start=HEAD + 1):
        values = [cell.value for cell in cells]
        if not any(value not in (None, "") for value in values):
            continue
        given = {name: _text(value) for name, value in zip(COLUMNS, values, strict=False)}
        slot = slot_for(given.get("code", ""), given.get("sex", ""), given.get("part", ""))
        year = given.get("year", "")
        row = Row(
            slot or submission.slots()[0],
            int(year) if year.isdigit() and len(year) == 4 else 0,
            given,
            str(number),
        )
        if any(cell.data_type == "f" for cell in cells):
            row.faults.append(("answer", _("A formula is not read: enter the value itself.")))
        if slot is None or slot.indicator.code not in mine:
            row.faults.append(("code", _("Your unit does not report such a row.")))
        if not FIRST_YEAR <= row.year <= submission.round.year:
            row.faults.append(("year", _("This year is outside the round.")))
        try:
            NO_LONG_NUMBERS(row.text("part"))
        except ValidationError as wrong:
            row.faults.append(("part", wrong.messages[0]))
        if len(row.text("part")) > 40:
            row.faults.append(("part", _("This is too long.")))
        yield row


def _text(value: Any) -> str:
    """As it would be typed: whole floats without their nought, and nothing of the apostrophe that kept a text a text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().removeprefix("'")
