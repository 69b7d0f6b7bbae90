"""The sheet and the pack around it, all in memory: a library that goes through temporary files has no place here."""

import csv
import secrets
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

import pyzipper
import xlsxwriter

from casework.exports.workflow import Form
from casework.reference import ALPHABET
from workflow.cells import harmless

Row = Sequence[Any]
BY_TYPE_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_000


def sheet(rows: Iterable[Row], *, form: str, mark: str) -> bytes:
    """`mark`: who took it, when, under which serial; above and below the rows and on every printed page."""
    return as_xlsx(rows, mark) if form == Form.XLSX else as_csv(rows, mark)


def as_xlsx(rows: Iterable[Row], mark: str) -> bytes:
    """Numbers as numbers, everything else as text: a cell is never written by looking at what it says."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, BY_TYPE_ONLY) as book:
        page, bold = book.add_worksheet("export"), book.add_format({"bold": True})
        page.write_string(0, 0, mark, bold)
        page.set_header("&C" + mark.replace("&", "&&"))
        page.set_footer("&C" + mark.replace("&", "&&") + "  &P/&N")
        at = 1
        for at, row in enumerate(rows, 2):
            for n, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(at, n, cell)
                else:
                    page.write_string(at, n, str(cell)[:LONGEST_CELL])
        page.write_string(at + 2, 0, mark, bold)
        page.set_column(0, 12, 18)
    return out.getvalue()


def as_csv(rows: Iterable[Row], mark: str) -> bytes:
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in ([mark], *rows, [mark]):
        writer.writerow([harmless(str(cell)) for cell in row])
    return ("\ufeff" + text.getvalue()).encode()


def packed(content: bytes, name: str, passphrase: str) -> bytes:
    """A zip whose one file is sealed with AES-256 under the passphrase."""
    out = BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as pack:
        pack.setpassword(passphrase.encode())
        pack.writestr(name, content)
    return out.getvalue()


def new_passphrase() -> str:
    """Five groups of four letters that are not misread: 99 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(5))
