"""A release on paper: the same sections, lines and texts as on the page, with its bars and definitions, as PDF/A."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as p_

from agencies.models import Area
from indicators.board import Board, Line, Panel
from indicators.models import Release
from workflow.paper.literal import literal
from workflow.paper.pdf import to_pdf

Block = dict[str, Any]


def release_pdf(release: Release) -> bytes:
    """Made of the stored release alone; the same release gives the same bytes."""
    with translation.override("zh-hans"):
        return to_pdf(release_form(Board(release)))


def release_form(board: Board) -> dict[str, Any]:
    release = board.release
    return {
        "style": "form",
        "title": _("Statistics of %(year)s") % {"year": release.period},
        "agency": literal(Area.objects.get(code=release.area).name),
        "number": f"{release.area}-{release.period}-v{release.version}",
        "register": release.digest[:16],
        "date": timezone.localdate(release.published_at).isoformat(),
        "purpose": _("Published statistics, frozen"),
        "secrecy": _("Counts only"),
        "blocks": [_rules(release), *(block for section in board.sections for block in _section(section))],
    }


def _rules(release: Release) -> Block:
    least, sensitive = release.rules["least"], release.rules["sensitive_least"]
    text = _(
        "“<%(least)s” (“<%(sensitive)s” for sexual violence and minors) stands for less than that, none included, "
        "or for a number withheld because a small one could be worked out from it. Shares need ten behind them."
    ) % {"least": least, "sensitive": sensitive}
    return {"kind": "note", "text": text + f"\nSHA-256 {release.digest}"}


def _section(section: Any) -> list[Block]:
    blocks: list[Block] = [{"kind": "head", "text": literal(section.title)}]
    for panel in section.panels:
        blocks += _panel(panel, titled=str(panel.title) != str(section.title))
    return blocks


def _panel(panel: Panel, *, titled: bool) -> list[Block]:
    blocks: list[Block] = [{"kind": "text", "text": literal(panel.title)}] if titled else []
    blocks.append(_bars(panel.lines) if panel.drawn else _table(panel))
    notes = [literal(panel.note)] if panel.note else []
    notes += [f"{literal(label)}：{literal(counts)}" for label, counts in panel.definitions]
    return [*blocks, {"kind": "note", "text": "\n".join(dict.fromkeys(notes))}] if notes else blocks


def _bars(lines: list[Line]) -> Block:
    """Scaled by what is shown; a hidden one has no length of its own."""
    most = max((line.value for line in lines if line.value is not None), default=0)
    rows = [
        {
            "label": literal(line.label),
            "text": line.texts[0],
            "share": None if line.value is None else round(line.value / max(most, 1), 4),
        }
        for line in lines
    ]
    return {"kind": "bars", "rows": rows}


def _table(panel: Panel) -> Block:
    head = [p_("statistics", "Figure"), *(literal(label) for label in panel.head)]
    rows = [[literal(line.label), *(literal(text) for text in line.texts)] for line in panel.lines]
    return {"kind": "list", "head": head, "widths": [4] + [1] * len(panel.head), "rows": rows}
