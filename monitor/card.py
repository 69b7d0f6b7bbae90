"""The score card of one unit: what it answers for and how that stands. Of units, never of persons."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from indicators.files import Row
from monitor.board import Board, IndicatorLine
from monitor.models import (
    Decision,
    EarlyWarning,
    Inspection,
    PlanRecord,
    Publication,
    Responsibility,
    Submission,
    UnitPaper,
)
from workflow.models import StepRecord


@dataclass(frozen=True, slots=True)
class CardLine:
    """One indicator of a target the unit answers for. `milestone`: of the year of its last value, and whether it is met."""

    part: str
    target: str
    line: IndicatorLine
    milestone: str = ""
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Card:
    unit: Agency
    year: int
    lines: list[CardLine]
    counts: list[tuple[str, int, int]]


def card_of(area: str, unit: Agency) -> Card:
    newest = Publication.objects.filter(area=area).order_by("-year", "-published_at").first()
    lines = list(_lines(area, unit, newest)) if newest else []
    return Card(unit, newest.year if newest else timezone.localdate().year - 1, lines, _counts(area, unit))


def _lines(area: str, unit: Agency, newest: Publication) -> Iterator[CardLine]:
    parts = {
        row.target: str(row.get_part_display())
        for row in Responsibility.objects.filter(area=area, agency=unit)
    }
    stones = {
        (row.indicator, row.year): row.number
        for row in Decision.objects.filter(area=area, kind=Decision.Kind.MILESTONE)
    }
    for row in Board(newest.content).all_targets:
        for line in row.lines if row.target.id in parts else ():
            if line.indicator.judged:
                stone = stones.get((line.indicator.code, line.last_year))
                kept = _kept(line, stone)
                yield CardLine(
                    parts[row.target.id],
                    row.target.name,
                    line,
                    f"{stone.normalize():f}" if stone else "",
                    kept,
                )


def _kept(line: IndicatorLine, stone: Decimal | None) -> bool | None:
    shown = line.values[-1][1] if line.values else ""
    if stone is None or not shown or line.indicator.wants == "none":
        return None
    value = Decimal(shown)
    down = line.indicator.wants == "down" or line.indicator.rule.kind in ("le", "not_up", "gap_zero")
    return value <= stone if down else value >= stone


def _counts(area: str, unit: Agency) -> list[tuple[str, int, int]]:
    """(what, how many of it are in order, how many there are)."""
    rounds = list(Submission.objects.filter(round__area=area, agency=unit).select_related("round"))
    papers = list(UnitPaper.objects.filter(area=area, agency=unit))
    wanted: dict[str, Any] = {"area": area, "agency": unit}
    warnings, found = EarlyWarning.objects.filter(**wanted), Inspection.objects.filter(**wanted)
    problems = PlanRecord.objects.filter(**wanted, kind="problem").exclude(state="dropped")
    day = _handed([*rounds, *papers])
    in_time = sum(one.pk in day and day[one.pk] <= one.round.due_on for one in rounds)
    on_day = sum(one.pk in day and day[one.pk] <= one.due_on for one in papers)
    return [
        (_("Reports of values handed in by their day"), in_time, len(rounds)),
        (_("Papers handed in by their day"), on_day, len(papers)),
        (_("Early warnings with a response"), warnings.exclude(state__in=["raised", "acknowledged"]).count(), warnings.count()),
        (_("Inspections closed"), found.filter(state="closed").count(), found.exclude(state="planned").count()),
        (_("Problems settled"), problems.filter(state="done").count(), problems.count()),
    ]  # fmt: skip


def _handed(rows: list[Any]) -> dict[Any, Any]:
    """The day each was handed in last."""
    steps = StepRecord.objects.filter(obj_id__in=[row.pk for row in rows], move="hand_in").order_by()
    found = steps.values_list("obj_id").annotate(Max("recorded_at"))
    return {pk: timezone.localdate(at) for pk, at in found}


def card_rows(card: Card) -> Iterator[Row]:
    yield (str(card.unit), card.year)
    yield ()
    measured = (_("Indicator"), _("Last value"), _("Aim"), _("State"), _("Milestone"), _("Milestone met"))
    yield (_("Target"), _("Part in it"), *measured)
    words = {True: _("yes"), False: _("no"), None: "—"}
    for row in card.lines:
        line = row.line
        yield (
            row.target,
            row.part,
            line.indicator.name,
            line.last,
            line.aim,
            line.status,
            row.milestone or "—",
            words[row.kept],
        )
    yield ()
    for what, good, whole in card.counts:
        yield (what, f"{good} / {whole}")
