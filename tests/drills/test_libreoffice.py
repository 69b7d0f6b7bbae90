"""A table that leaves the product, opened by the program it will be opened with: LibreOffice sees no formula in it.

Asks for LibreOffice Calc on this machine: `apt-get install --no-install-recommends libreoffice-calc`.
"""

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from casework.exports.sheets import as_csv, as_xlsx
from tests.attacks.record import Tried
from tests.files.test_exports import FORMULAS

pytestmark = pytest.mark.drill
FORMULA = re.compile(r'table:formula="([^"]*)"')
# Comma, quotation mark, UTF-8, from the first line: as a double click takes it.
AS_TEXT = "--infilter=CSV:44,34,76,1"


def opened(file: Path) -> str:
    """As LibreOffice understood it: its own flat format, where a cell that is a formula says so."""
    office = shutil.which("soffice")
    assert office, "LibreOffice Calc is not installed"
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    words = [
        office,
        profile,
        "--headless",
        *([AS_TEXT] if file.suffix == ".csv" else []),
        "--convert-to",
        "fods",
    ]
    subprocess.run([*words, "--outdir", file.parent, file], check=True, capture_output=True, timeout=300)
    return file.with_suffix(".fods").read_text(encoding="utf-8")


@pytest.mark.attack("T56")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_libreoffice_finds_no_formula_in_an_export(ending: str, tmp_path: Path, tried: Tried) -> None:
    file, make = tmp_path / f"export.{ending}", {"xlsx": as_xlsx, "csv": as_csv}[ending]
    file.write_bytes(make([["字", word] for word in FORMULAS], "=mark()"))
    found = opened(file)
    tried(
        request=f"{ending} of formulas in LibreOffice", actor="asker", expected=[], got=FORMULA.findall(found)
    )
    assert found.count("<text:p>字</text:p>") == len(FORMULAS)


def test_libreoffice_does_find_a_formula(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"  # type: ignore[index]
    book.save(tmp_path / "formula.xlsx")
    (tmp_path / "text.csv").write_text("=1+1\n")
    found = [FORMULA.findall(opened(tmp_path / name)) for name in ("formula.xlsx", "text.csv")]
    assert found == [["of:=1+1"], ["of:=1+1"]]
