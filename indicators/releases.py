"""Releases: built from the tallies, audited together with every live release, stored, and never changed.

A number that was published stands. Where the same number has grown by less than its limit since, a later version
repeats the first one; where it has grown by more, the new one may be published if the audit of both together passes.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from agencies.models import Area
from indicators.audit import Book, Cell, Refused, joined, protect, told
from indicators.casework import indicators
from indicators.gate import smallest
from indicators.menu import Span, laid_out, menu, sensitive_least
from indicators.models import Release, ReleaseBasis, Tally
from indicators.published import values_of
from indicators.registers import registered
from indicators.selectors import homes

NEW = "new"
Say = Callable[[str], None]


class NotPublished(Exception):
    """Why nothing was published; `cell` where the audit did not pass."""

    def __init__(self, why: str, cell: str = "") -> None:
        super().__init__(why)
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Draft:
    """A release before it is stored. `repeated`: what stands as it was first published."""

    area: str
    span: Span
    version: int
    audited_with: int
    book: Book
    shown: set[str]
    repeated: dict[str, int | None]
    derived: dict[str, int]

    def values(self) -> dict[str, int | None]:
        """Every number of the release; a hidden one is None."""
        found: dict[str, int | None] = {}
        for name, cell in self.book.cells.items():
            if cell.displayed:
                found[name] = cell.n if name in self.shown else self.repeated.get(name)
        return found


def build(area: str, year: int, today: date, say: Say = lambda _: None) -> Draft:
    """Lay out, hide, and audit. Raises NotPublished."""
    span = Span.of(year, today)
    if not span.quarters:
        raise NotPublished(f"no quarter of {year} has ended: what is still running is not published")
    _apart(area)
    own = [UUID(str(pk)) for pk in homes(area).values_list("pk", flat=True)]
    say(f"counting {year}, quarters {', '.join(map(str, span.quarters))}, {len(own)} federations")
    book = laid_out(own, span)
    if wrong := book.contradictions:
        raise NotPublished("the counts contradict each other; run reconcile_statistics", wrong[0][0][0])
    live = list(Release.objects.filter(area=area).select_related("basis").order_by("published_at", "version"))
    version = max((one.version for one in live if one.period == str(year)), default=0) + 1
    say(
        f"{sum(cell.displayed for cell in book.cells.values())} numbers, audit with {len(live)} live releases"
    )
    shown, repeated = protected(book, live, say)
    return Draft(area, span, version, len(live), book, shown, repeated, _derived(own, span, book, shown))


def _apart(area: str) -> None:
    """A part and its whole would give each other away: only one level publishes."""
    near = Area.objects.filter(code__in=Release.objects.exclude(area=area).values("area"))
    above = {area, *_line(Area.objects.get(code=area))}
    for other in near:
        if other.code in above or area in _line(other):
            raise NotPublished(f"{other.code} has published already, and one area lies in the other")


def _line(area: Area) -> set[str]:
    found = set()
    while area.parent is not None:
        area = area.parent
        found.add(str(area.code))
    return found


@dataclass(slots=True)
class Ledger:
    """Everything ever published of an area in one book, each version of a number tied to the one before.

    The tie is what came late: a number too, and where the old one is public the only new one. Where the old one is
    hidden, the new one stays hidden until it has grown enough. What has become less is never published again.
    """

    book: Book = field(default_factory=Book)
    public: set[str] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, live: list[Release]) -> "Ledger":
        ledger = cls()
        for place, release in enumerate(live):
            book, repeated = stored(release), set(release.rules["as_first_published"])
            fresh = {name for name, value in release.cells.items() if value is not None} - repeated
            ledger.public |= {one for name, one in ledger.add(str(place), book).items() if name in fresh}
        return ledger

    def add(self, key: str, book: Book) -> dict[str, str]:
        """Tie a book in. Returns what would be shown of each displayed number: itself, or what came late."""
        parts = joined({key: book})
        self.book.cells |= parts.cells
        self.book.rows += parts.rows
        return {name: self._tie(key, name, cell) for name, cell in book.cells.items() if cell.displayed}

    def _tie(self, key: str, name: str, cell: Cell) -> str:
        new, late, old = f"{key}:{name}", f"{key} late:{name}", self.last.get(name, "")
        self.last[name] = new
        if not old:
            return new
        grown, was_public = cell.n - self.book.cells[old].n, self._is_public(old)
        stands = not was_public and grown >= cell.least and not cell.is_small
        self.book.cells[new] = Cell(cell.n, cell.least, cell.rank, displayed=stands)
        if grown < 0:
            return new
        self.book.put(late, grown, cell.least, rank=cell.rank, displayed=was_public)
        self.book.total(new, [old, late])
        return late if was_public else new

    def _is_public(self, cell: str) -> bool:
        """It, or the first version of it together with all that came late."""
        key, name = cell.split(":", 1)
        return cell in self.public or f"{key} late:{name}" in self.public


def protected(book: Book, live: list[Release], say: Say) -> tuple[set[str], dict[str, int | None]]:
    """What of the new book may be shown beside everything that is; and what stands as it was first published."""
    ledger = Ledger.of(live)
    fresh = ledger.add(NEW, book)
    cells = ledger.book.cells
    free = {one for one in fresh.values() if cells[one].displayed and not cells[one].is_small}
    try:
        shown = protect(ledger.book, ledger.public | free, free)
    except Refused as refusal:
        raise NotPublished("a small number could be told", refusal.cell) from None
    say(f"{len(free & shown)} to be shown, auditing again from the beginning")
    if leaks := told(ledger.book, shown):
        raise NotPublished("the audit did not pass", leaks[0])
    numbers = {name for name, one in fresh.items() if one in shown}
    earlier = {name: value for one in live for name, value in one.cells.items() if name in book.cells}
    return numbers, {name: value for name, value in earlier.items() if name not in numbers}


def stored(release: Release) -> Book:
    """The book of a release as it was audited."""
    cells = {name: Cell(*row) for name, row in release.basis.cells.items()}
    return Book(cells, [tuple((name, k) for name, k in row) for row in release.basis.rows])


def _derived(own: list[UUID], span: Span, book: Book, shown: set[str]) -> dict[str, int]:
    """Medians and means whose number of cases is shown and of which no single case makes up most, and registers."""
    found = {}
    for one in indicators() if span.is_whole else ():
        for part in one.parts:
            if part.register:
                found[f"{one.id}.{part.key}"] = registered(
                    part.register, own, date(span.year, 1, 1), date(span.year, 12, 31)
                )
            elif part.kind in ("median", "mean") and not part.awaits:
                series = part.terms["these" if part.kind == "median" else "per"][0]
                if f"{series}|{span.year}||" in shown:
                    result = _reckon(part.kind, _spread(own, series, span.year))
                    if result is not None:
                        found[f"{one.id}.{part.key}"] = result
    return found


def _spread(own: list[UUID], series: str, year: int) -> dict[int, int]:
    """How many cases have each number of hours or nights."""
    rows = Tally.objects.filter(home__in=own, figure=series, month__year=year, n__gt=0)
    found: dict[int, int] = {}
    for dims, n in rows.values_list("dims", "n"):
        unit, _, text = dims.partition("=")
        if unit in ("hours", "nights") and text.isdigit():
            found[int(text)] = found.get(int(text), 0) + n
    return found


def _reckon(kind: str, spread: dict[int, int]) -> int | None:
    """At least ten cases; for a mean also p% 10 and (2, 0.9): no one may be worked out from the sum."""
    values = sorted(value for value, n in spread.items() for _ in range(n))
    if len(values) < 2 * smallest():
        return None
    if kind == "median":
        return (values[(len(values) - 1) // 2] + values[len(values) // 2]) // 2
    total, rest = sum(values), sum(values[:-2])
    if 10 * rest < values[-1] or 10 * (values[-1] + values[-2]) > 9 * total:
        return None
    return round(total / len(values))


@transaction.atomic
def publish(draft: Draft, now: datetime, *, store: bool = True) -> Release:
    """Store it; from now on it is what readers get, and part of every later audit."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE indicators_release IN SHARE ROW EXCLUSIVE MODE")
    if Release.objects.filter(area=draft.area).count() != draft.audited_with:
        raise NotPublished("another release came between; build it again")
    values = draft.values()
    release = Release(
        area=draft.area, period=str(draft.span.year), version=draft.version, as_of=now, published_at=now, rules=rules(draft),
        cells=values, indicators=values_of(values, draft.span.year, draft.derived),
    )  # fmt: skip
    release.digest = digest(release)
    if not store:
        return release
    release.save(force_insert=True)
    ReleaseBasis.objects.create(
        release=release,
        cells={
            name: [cell.n, cell.least, cell.rank, cell.displayed] for name, cell in draft.book.cells.items()
        },
        rows=draft.book.rows,
    )
    return release


def rules(draft: Draft) -> dict[str, Any]:
    """By what it was made."""
    return {
        "menu": menu().version,
        "quarters": list(draft.span.quarters),
        "least": smallest(),
        "sensitive_least": sensitive_least(),
        "limits": {name: cell.least for name, cell in draft.book.cells.items() if cell.displayed},
        "as_first_published": sorted(draft.repeated),
        "definitions": {one.id: one.version for one in indicators()},
    }


def digest(release: Release) -> str:
    """SHA-256 of what a reader gets."""
    text = json.dumps(exported(release), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def exported(release: Release) -> dict[str, Any]:
    """The release for other programs: see docs/releases.md."""
    return {
        "format": "huhang-release/1",
        "area": release.area,
        "period": release.period,
        "version": release.version,
        "as_of": release.as_of.isoformat(),
        "rules": {
            key: value for key, value in release.rules.items() if key not in ("limits", "as_first_published")
        },
        "cells": [_exported_cell(release, name) for name in sorted(release.cells)],
        "indicators": release.indicators,
    }


def _exported_cell(release: Release, name: str) -> dict[str, Any]:
    series, period, breakdown, group = name.split("|")
    dims = {"period": period} | ({breakdown: group} if breakdown else {})
    return {
        "figure": series,
        "dimensions": dims,
        "value": release.cells[name],
        "least": release.rules["limits"][name],
        "as_first_published": name in release.rules["as_first_published"],
    }


def latest(area: str) -> list[Release]:
    """The newest version of each year, newest year first."""
    newest = {one.period: one for one in Release.objects.filter(area=area).order_by("period", "version")}
    return sorted(newest.values(), key=lambda one: one.period, reverse=True)


def versions(area: str, period: str) -> list[Release]:
    """All versions of a year, oldest first."""
    return list(Release.objects.filter(area=area, period=period).order_by("version"))
