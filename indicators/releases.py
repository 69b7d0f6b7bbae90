"""Releases: built from the tallies, audited together with every live release, stored, and never changed.

A number that was published stands. Where the same number has grown by less than its limit since, a later version
repeats the first one; where it has grown by more, the new one may be published if the audit of both together passes.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from agencies.models import Area
from indicators.audit import Book
from indicators.casework import indicators
from indicators.derived import absent, derived
from indicators.gate import smallest
from indicators.ledger import NotPublished, Say, protected
from indicators.menu import Span, menu, sensitive_least
from indicators.models import Release, ReleaseBasis
from indicators.published import values_of
from indicators.selectors import homes
from indicators.tables import laid_out
from indicators.towns import TownGroup, town_groups, written


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
    derived: dict[str, int | str]
    towns: tuple[TownGroup, ...] = ()
    absent: frozenset[str] = frozenset()

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
    towns = town_groups(area)
    book = laid_out(own, span, towns)
    if wrong := book.contradictions:
        raise NotPublished("the counts contradict each other; run reconcile_statistics", wrong[0][0][0])
    live = list(Release.objects.filter(area=area).select_related("basis").order_by("published_at", "version"))
    version = max((one.version for one in live if one.period == str(year)), default=0) + 1
    say(
        f"{sum(cell.displayed for cell in book.cells.values())} numbers, audit with {len(live)} live releases"
    )
    shown, repeated = protected(book, live, say)
    numbers, gaps = derived(own, span, shown, live), absent(own, span)
    return Draft(area, span, version, len(live), book, shown, repeated, numbers, towns, gaps)


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
        cells=values, indicators=values_of(values, draft.span.year, draft.derived, draft.absent),
    )  # fmt: skip
    release.digest = digest(release)
    if not store:
        return release
    release.save(force_insert=True)
    ReleaseBasis.objects.create(
        release=release,
        cells={
            name: [cell.n, cell.least, cell.rank, cell.displayed, cell.spans]
            for name, cell in draft.book.cells.items()
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
        "town_groups": written(draft.towns),
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
