"""A report, and the package for a meeting, as forms of blocks: the house's one way to PDF and Word. Always in Chinese."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from monitor.board import Board
from monitor.charts import Chart, numbered, of_domains
from monitor.office import PlanReport
from workflow.paper.literal import literal

Block = dict[str, Any]
PURPOSE = "妇女发展规划监测评估"


def sheet(
    title: str, place: str, number: str, day: date, secrecy: str, blocks: Iterable[Block]
) -> dict[str, Any]:
    """What workflow.paper draws."""
    return {
        "style": "form", "title": title, "agency": literal(place), "number": number, "register": number,
        "date": day.isoformat(), "purpose": PURPOSE, "secrecy": secrecy, "blocks": list(blocks),
    }  # fmt: skip


def report_form(one: PlanReport) -> dict[str, Any]:
    with translation.override("zh-hans"):
        publication, board = one.publication, Board(one.publication.content)
        number = f"{one.area_id}-{publication.year}-{publication.version}"
        day = timezone.localdate(publication.published_at)
        secrecy = _("published") if one.state == "published" else _("draft, not for publication")
        return sheet(one.title(), str(one.area), number, day, secrecy, _blocks(one, board))


def _blocks(one: PlanReport, board: Board) -> Iterator[Block]:
    publication, drawn = one.publication, one.records()
    if board.content["invented"]:
        yield note(_("Demonstration: these numbers are invented and say nothing about the district."))
    content = board.content
    facts = [
        (_("Values up to"), str(publication.year)),
        (_("Version"), str(publication.version)),
        (_("Reached / measurable"), f"{content['reached']}/{content['monitorable']}"),
        (_("Attainment rate"), board.rate),
    ]
    yield grid(facts)
    for (label, text), add in zip(
        one.parts(), (_attainment, None, _practice, _problems, _outlook, None), strict=True
    ):
        yield head(str(label))
        yield {"kind": "text", "text": literal(text) or _("Not written yet.")}
        if add is not None:
            yield from add(board, drawn)
    version = _("dictionary version %(n)s") % {"n": content["dictionary"]}
    yield note(f"{version}；SHA-256 {publication.digest}")


def _attainment(board: Board, _drawn: Any) -> Iterator[Block]:
    yield picture(of_domains(board))
    rows = [[one.target.id, one.target.name, one.status] for one in board.all_targets]
    yield table([_("Number"), _("Target"), _("State")], [1, 4, 3], rows)
    for chart in numbered(board):
        yield picture(chart)


def _practice(_board: Board, drawn: Iterable[Mapping[str, str]]) -> Iterator[Block]:
    rows = [
        [one["owner"], one["heading"], one["outcome"] or one["text"]]
        for one in drawn
        if one["kind"] == "practice"
    ]
    if rows:
        yield table([_("Unit"), _("Good practice"), _("What it is")], [2, 3, 5], rows)


def _problems(_board: Board, drawn: Iterable[Mapping[str, str]]) -> Iterator[Block]:
    words = {"done": _("settled")}
    rows = [
        [
            one["owner"],
            one["heading"],
            one["suggestion"],
            one["due_on"],
            words.get(one["state"], _("under way")),
        ]
        for one in drawn
        if one["kind"] == "problem"
    ]
    heads = [_("Unit"), _("Problem"), _("What should be done"), _("Until"), _("State")]
    if rows:
        yield table(heads, [2, 3, 4, 2, 1.5], rows)


def _outlook(board: Board, _drawn: Any) -> Iterator[Block]:
    rows = [
        [
            line.indicator.name,
            "、".join(word for word, _tone in line.signs),
            line.last,
            " ".join(line.reasons),
        ]
        for line in board.worries
    ]
    if rows:
        yield table([_("Indicator"), _("Level"), _("Last value"), _("Why")], [3, 1.5, 2, 4], rows)


def head(text: str) -> Block:
    return {"kind": "head", "text": text}


def note(text: str) -> Block:
    return {"kind": "note", "text": text}


def grid(facts: list[tuple[str, str]]) -> Block:
    pairs = [{"label": label, "value": value} for label, value in facts]
    return {"kind": "grid", "rows": [pairs[n : n + 2] for n in range(0, len(pairs), 2)]}


def table(heads: list[str], widths: list[float], rows: list[list[str]]) -> Block:
    return {
        "kind": "list",
        "head": heads,
        "widths": widths,
        "rows": [[literal(cell) for cell in row] for row in rows],
    }


def picture(chart: Chart) -> Block:
    return {"kind": "picture", "title": chart.title, "text": chart.text, "svg": chart.svg}
