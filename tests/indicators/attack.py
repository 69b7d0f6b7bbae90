"""An attacker: has only the files of the releases, and what anybody can know of how the tables add up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from indicators.figures import FIGURES
from indicators.menu import menu

INFINITE = highspy.kHighsInf
Terms = list[tuple[str, float]]


def key(cell: dict[str, Any], release: int) -> str:
    dims = cell["dimensions"]
    breakdown = next((one for one in dims if one != "period"), "")
    return f"{release}:{cell['figure']}|{dims['period']}|{breakdown}|{dims.get(breakdown, '') if breakdown else ''}"


@dataclass
class Attack:
    """Numbers as unknowns, sums between them, and the least and most each can be."""

    known: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[Terms, float]] = field(default_factory=list)

    def read(self, releases: Iterable[dict[str, Any]]) -> "Attack":
        for place, release in enumerate(releases):
            groups: dict[tuple[str, str, str], list[str]] = {}
            for cell in release["cells"]:
                name = key(cell, place)
                if cell["as_first_published"]:
                    # It stood in an earlier file; here it may be anything.
                    self._unknown(name)
                elif cell["value"] is None:
                    self._unknown(name)
                else:
                    self.known[name] = cell["value"]
                series, period, breakdown, _ = name.split("|")
                groups.setdefault((series, period, breakdown), []).append(name)
            self._tables(place, groups)
        self._versions()
        return self

    def _unknown(self, name: str) -> str:
        self.unknown.setdefault(name, len(self.unknown))
        return name

    def _tables(self, place: int, groups: dict[tuple[str, str, str], list[str]]) -> None:
        cells = {one for names in groups.values() for one in names}
        for (series, period, breakdown), parts in groups.items():
            total = f"{series}|{period}||"
            if breakdown and total in cells:
                self._sum(total, parts, many=self._is_many(series.split(":", 1)[1], breakdown))
            if "-" in period:
                first, last = map(int, period.split("-"))
                years = [f"{series}|{year}||" for year in range(first, last + 1)]
                for year in years:
                    if year not in cells:
                        self._unknown(year)
                self._sum(f"{series}|{period}||", years, many=False)
            quarters = [f"{series}|{period}Q{quarter}||" for quarter in range(1, 5)]
            if not breakdown and all(one in cells for one in quarters):
                self._sum(total, quarters, many=False)
        for one, other in menu().same:
            for a, b in self._pairs(place, one, other):
                self.sums.append(([(a, 1), (b, -1)], 0))
        for part, whole in (*menu().within, *menu().likely):
            for a, b in self._pairs(place, part, whole):
                self._at_most(a, b)

    def _pairs(self, place: int, one: str, other: str) -> list[tuple[str, str]]:
        """Both of a pair in every year in which the file, or a span of years in it, has both."""
        a, b = self._years(place, one), self._years(place, other)
        return [(a[year], b[year]) for year in a.keys() & b.keys()]

    def _years(self, place: int, text: str) -> dict[str, str]:
        series, breakdown, group = (*text.split("/"), "", "")[:3]
        start, end = f"{place}:{series}|", f"|{breakdown}|{group}"
        names = [one for one in (*self.known, *self.unknown) if one.startswith(start) and one.endswith(end)]
        return {year: one for one in names if (year := one.split("|")[1]).isdigit()}

    def _is_many(self, series: str, breakdown: str) -> bool:
        return (
            any(one.key == breakdown and one.many for one in FIGURES[series].dims)
            if series in FIGURES
            else False
        )

    def _sum(self, total: str, parts: list[str], *, many: bool) -> None:
        extra = [(self._unknown(f"more {total} {parts[0]}"), 1.0)] if many else []
        self.sums.append(([(total, 1.0), *extra, *((part, -1.0) for part in parts)], 0))
        if many:
            for part in parts:
                self._at_most(part, total)

    def _at_most(self, part: str, whole: str) -> None:
        self.sums.append(([(whole, 1.0), (part, -1.0), (self._unknown(f"rest {part} {whole}"), -1.0)], 0))

    def _versions(self) -> None:
        """A later file holds everything the earlier one held, and what came late."""
        last: dict[str, str] = {}
        for name in sorted([*self.known, *self.unknown], key=lambda one: one.partition(":")[0].zfill(4)):
            place, _, text = name.partition(":")
            if place.isdigit():
                if text in last and last[text] != name:
                    self.sums.append(
                        ([(name, 1.0), (last[text], -1.0), (self._unknown(f"late {name}"), -1.0)], 0)
                    )
                last[text] = name

    def bounds(self, most: float = INFINITE) -> dict[str, tuple[int, int]]:
        """Least and most of everything that is not known; `most`: of a hidden number of a table."""
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        for name in self.unknown:
            solver.addVar(0.0, INFINITE if " " in name else most)
        for terms, right in self.sums:
            fixed = right - sum(k * self.known[name] for name, k in terms if name in self.known)
            free = [(self.unknown[name], k) for name, k in terms if name in self.unknown]
            solver.addRow(
                fixed,
                fixed,
                len(free),
                np.array([place for place, _ in free]),
                np.array([k for _, k in free]),
            )
        return {
            name: (self._end(solver, place, 1), self._end(solver, place, -1))
            for name, place in self.unknown.items()
        }

    def _end(self, solver: Any, place: int, sign: int) -> int:
        solver.changeColCost(place, float(sign))
        solver.run()
        status, value = solver.getModelStatus(), solver.getSolution().col_value[place]
        solver.changeColCost(place, 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            return 10**6
        return int(np.ceil(value - 1e-6)) if sign > 0 else int(np.floor(value + 1e-6))
