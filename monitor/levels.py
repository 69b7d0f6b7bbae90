"""Several levels: what lower levels published, its sums, and the guard that keeps a total from giving a hidden part away.

A level above sees of a level below what everybody sees. A sum stands only where every part is shown; a total of its own is
shown beside hidden parts only where each of them could still be anything from nought to its limit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agencies.models import Area
from monitor.dictionary import Indicator, dictionary
from monitor.held import Collected
from monitor.stored import Publication

# (text or None, x, n) of one year; None at all: that level said nothing of it.
Figure = tuple[str | None, int | None, int | None]


def may_be_told(total: int, shown: Sequence[int], hidden: int, least: int) -> bool:
    """Whether a total may stand beside its parts: each of the hidden ones could still be 0 and could still be least - 1."""
    if hidden == 0:
        return True
    rest = total - sum(shown)
    return hidden > 1 and least - 1 <= rest <= (hidden - 1) * (least - 1)


@dataclass(frozen=True, slots=True)
class Part:
    """What one area below published last. `below`: how many levels it was made of itself."""

    area: Area
    year: int = 0
    version: int = 0
    below: int = 0
    rows: Mapping[str, Mapping[int, Figure]] | None = None

    def of(self, code: str, year: int) -> Figure | None:
        return (self.rows or {}).get(code, {}).get(year)


def rows_of(content: Mapping[str, Any]) -> dict[str, dict[int, Figure]]:
    """The figures of a publication, year by year."""
    found: dict[str, dict[int, Figure]] = {}
    for code, row in content["indicators"].items():
        counts = {year: (x, n) for year, x, n in row.get("counts", ())}
        found[code] = {year: (text, *counts.get(year, (None, None))) for year, text in row["values"]}
    return found


class Levels:
    """The areas right below one area, if any of them has published something."""

    def __init__(self, area: str) -> None:
        below = list(Area.objects.filter(parent=area).order_by("code"))
        taken = {one.part_id: one for one in Collected.objects.filter(area=area).order_by("year", "taken_at")}
        own = {
            one.area_id: one
            for one in Publication.objects.filter(area__in=below).order_by("year", "published_at")
        }
        self.parts = [_part(one, own.get(one.pk), taken.get(one.pk)) for one in below]

    def __bool__(self) -> bool:
        return any(part.rows is not None for part in self.parts)

    @property
    def depth(self) -> int:
        return 1 + max((part.below for part in self.parts), default=0) if self else 0

    def hides(self, one: Indicator, year: int, x: int | None) -> bool:
        """Whether this area's own figure must be withheld because of what its parts show."""
        if one.public or one.measure not in ("count", "share", "ratio") or x is None:
            return False
        told = [part.of(one.code, year) for part in self.parts]
        shown = [
            figure[1]
            for figure in told
            if figure is not None and figure[0] is not None and figure[1] is not None
        ]
        if len(shown) == len(told):
            return False
        if None in told or one.measure != "count" or self.depth > 1:
            return True
        return not may_be_told(x, shown, len(told) - len(shown), one.least)

    def sums(self, until: int) -> Iterator[tuple[str, int, int, int | None]]:
        """(indicator, year, x, n) wherever every part is shown with its counts."""
        for one in dictionary().indicators.values():
            if one.measure not in ("count", "share", "ratio") or one.rule.every:
                continue
            years = {year for part in self.parts for year in (part.rows or {}).get(one.code, {})}
            for year in sorted(year for year in years if year <= until):
                told = [part.of(one.code, year) for part in self.parts]
                if all(_is_whole(one, figure) for figure in told):
                    n = None if one.measure == "count" else sum(figure[2] or 0 for figure in told if figure)
                    yield one.code, year, sum(figure[1] or 0 for figure in told if figure), n


def _is_whole(one: Indicator, figure: Figure | None) -> bool:
    if figure is None or figure[0] is None or figure[1] is None:
        return False
    return one.measure == "count" or bool(figure[2])


def _part(area: Area, own: Publication | None, taken: Collected | None) -> Part:
    if own is not None:
        return Part(area, own.year, own.version, int(own.content.get("below", 0)), rows_of(own.content))
    if taken is not None:
        rows = {
            code: {int(row[0]): (row[1], row[2], row[3]) for row in rows}
            for code, rows in taken.figures["rows"].items()
        }
        return Part(area, taken.year, taken.version, int(taken.figures["below"]), rows)
    return Part(area)
