"""The editable twin: the same form as a Word file, its fonts by name. Text goes in as text: no field, no template."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document as new_file
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from workflow.paper.pdf import to_png

SONG, HEI, FANG, TITLE = "宋体", "黑体", "仿宋_GB2312", "方正小标宋简体"
RED = RGBColor(0xC8, 0x10, 0x2E)
COLUMNS = 12
SPANS = {1: (2, 10), 2: (2, 4), 3: (2, 2)}


class WordFile:
    """Draws the blocks of one form, top to bottom."""

    def __init__(self, form: dict[str, Any]) -> None:
        self.form, self.letter = form, form["style"] == "letter"
        self.body = FANG if self.letter else SONG
        self.size = Pt(16 if self.letter else 11)
        self.file = new_file()
        self._page()
        self._opening()
        for block in form["blocks"]:
            getattr(self, f"_{block['kind']}")(block)

    def bytes(self) -> bytes:
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(27), Mm(24)
        section.left_margin, section.right_margin = Mm(27), Mm(25)
        properties = self.file.core_properties
        properties.author, properties.title, properties.comments = "", self.form["title"], ""
        head = section.header.paragraphs[0]
        _run(head, f"{self.form['purpose']}\t{self.form['secrecy']}", HEI, Pt(9))
        head.paragraph_format.tab_stops.add_tab_stop(Mm(158), 2)
        foot = section.footer.paragraphs[0]
        _run(foot, f"登记号：{self.form['register']}\t第 ", HEI, Pt(9))
        _page_number(foot, "PAGE")
        _run(foot, " 页　共 ", HEI, Pt(9))
        _page_number(foot, "NUMPAGES")
        _run(foot, " 页", HEI, Pt(9))
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(158), 2)

    def _opening(self) -> None:
        if self.letter:
            self._line(self.form["agency"], TITLE, Pt(30), Align.CENTER, colour=RED)
            _rule_below(self._line(self.form["number"], FANG, Pt(16), Align.CENTER))
            self._line(self.form["title"], TITLE, Pt(22), Align.CENTER)
            return
        self._line(self.form["title"], TITLE, Pt(20), Align.CENTER)
        line = self._line(f"{self.form['agency']}\t编号：{self.form['number']}", HEI, Pt(10.5))
        line.paragraph_format.tab_stops.add_tab_stop(Mm(158), 2)

    def _line(self, text: str, font: str, size: Any, align: Any = None, colour: Any = None) -> Any:
        paragraph = self.file.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(4)
        _run(paragraph, text, font, size, colour)
        return paragraph

    def _paragraphs(self, text: str, indent: bool = False) -> None:
        for row in text.split("\n"):
            paragraph = self._line(row, self.body, self.size)
            paragraph.paragraph_format.line_spacing = 1.4
            if indent:
                paragraph.paragraph_format.first_line_indent = self.size * 2

    def _text(self, block: Any) -> None:
        self._paragraphs(block["text"], indent=True)

    def _plain(self, block: Any) -> None:
        self._paragraphs(block["text"])

    _to = _plain

    def _note(self, block: Any) -> None:
        self._line(block["text"], HEI, Pt(9))

    def _seal(self, block: Any) -> None:
        for row in block["text"].split("\n"):
            self._line(row, self.body, self.size, Align.RIGHT)

    def _part(self, block: Any) -> None:
        heading = self._line(block["text"], TITLE, Pt(18), Align.CENTER)
        heading.paragraph_format.page_break_before = True

    def _items(self, block: Any) -> None:
        for n, item in enumerate(block["items"], 1):
            self._paragraphs(f"{n}．{item}", indent=True)

    def _sign(self, block: Any) -> None:
        for label in block["labels"]:
            self._line(f"{label}　＿＿＿＿＿＿＿＿＿＿", HEI, Pt(11))

    def _head(self, block: Any) -> None:
        if self.letter:
            self._line(block["text"], HEI, self.size)
            return
        row = self._table(1, COLUMNS).rows[0].cells
        _shade(_fill(row[0].merge(row[-1]), block["text"], HEI, Align.CENTER))

    def _grid(self, block: Any) -> None:
        table = self._table(len(block["rows"]), COLUMNS)
        for cells, pairs in zip((row.cells for row in table.rows), block["rows"], strict=True):
            at = 0
            for pair in pairs:
                for words, font, align, span in zip(
                    (pair["label"], pair["value"]),
                    (HEI, SONG),
                    (Align.CENTER, None),
                    SPANS[len(pairs)],
                    strict=True,
                ):
                    _fill(cells[at].merge(cells[at + span - 1]), words, font, align)
                    at += span

    def _box(self, block: Any) -> None:
        cells = self._table(1, COLUMNS).rows[0].cells
        _fill(cells[0].merge(cells[1]), block["label"], HEI, Align.CENTER)
        blank = "\n" * (block["lines"] * 2 - 1)
        _fill(cells[2].merge(cells[-1]), block["value"] or blank, SONG, None)

    def _list(self, block: Any) -> None:
        table = self._table(1 + len(block["rows"]), len(block["head"]))
        rows = [row.cells for row in table.rows]
        for cell, words in zip(rows[0], block["head"], strict=True):
            _fill(cell, words, HEI, Align.CENTER)
        for cells, values in zip(rows[1:], block["rows"], strict=True):
            for cell, value in zip(cells, values, strict=True):
                _fill(cell, value, SONG, None)
        _widths(rows, block["widths"])

    def _picture(self, block: Any) -> None:
        """A drawing as a picture of 92 hundredths of the line, with what it says in words: for the eye and for a reader."""
        self._line(block["title"], HEI, Pt(10.5)).paragraph_format.keep_with_next = True
        paragraph = self.file.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.keep_with_next = Align.CENTER, True
        shape = paragraph.add_run().add_picture(BytesIO(to_png(block["svg"])), width=Mm(145))
        shape._inline.docPr.set("descr", block["text"])
        self._line(block["text"], HEI, Pt(8.5))

    def _table(self, rows: int, columns: int) -> Any:
        table = self.file.add_table(rows, columns)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        return table


def _run(paragraph: Any, text: str, font: str, size: Any, colour: Any = None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    if colour is not None:
        run.font.color.rgb = colour
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _fill(cell: Any, text: str, font: str, align: Any) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    _run(paragraph, text, font, Pt(10.5))
    return cell


def _widths(rows: Iterable[Any], shares: list[int]) -> None:
    for cells in rows:
        for cell, share in zip(cells, shares, strict=True):
            cell.width = Mm(158 * share / sum(shares))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEEEEE")):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _rule_below(paragraph: Any) -> None:
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "C8102E")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _page_number(paragraph: Any, name: str) -> None:
    """The only fields of the file: ours, of fixed names."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._element.append(field)
    run = OxmlElement("w:r")
    field.append(run)
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)


def to_docx(form: dict[str, Any]) -> bytes:
    return WordFile(form).bytes()
