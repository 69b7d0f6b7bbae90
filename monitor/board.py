"""The board: a publication laid out as domains, targets and indicators. It knows nothing that is not in the publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from monitor import charts
from monitor.dictionary import Domain, Indicator, Target, dictionary
from monitor.verdict import HARD, NOT_MEASURABLE, PARTLY, REACHED
from monitor.words import LEVEL_TONES, LEVELS, STATUS_TONES, STATUSES, said

ORDER = tuple(STATUSES)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    indicator: Indicator
    row: Mapping[str, Any]

    @property
    def status(self) -> str:
        return str(STATUSES[self.row["status"]])

    @property
    def tone(self) -> str:
        return STATUS_TONES[self.row["status"]]

    @property
    def signs(self) -> list[tuple[str, str]]:
        """(word, tone) of its warnings."""
        return [
            (str(LEVELS[code]), LEVEL_TONES[code]) for code in (self.row["level"], self.row["swing"]) if code
        ]

    @property
    def reasons(self) -> list[str]:
        return said(self.row["reasons"])

    @property
    def values(self) -> list[tuple[int, str]]:
        return [(year, "" if value is None else value) for year, value in self.row["values"]]

    @property
    def title(self) -> str:
        sign = self.indicator.sign
        return f"{self.indicator.name}（{sign}）" if sign else self.indicator.name

    @property
    def goal(self) -> list[str]:
        """The bounds it is held against, as they were published; older publications hold none."""
        return [text for text in self.row.get("goal") or () if text]

    @property
    def pooled(self) -> list[dict[str, Any]]:
        """Rates of few people over whole spans of years."""
        return list(self.row.get("pooled") or ())

    @property
    def drawing(self) -> Any:
        return charts.of_line(self)

    @property
    def last(self) -> str:
        """The newest value in its unit; a word where it is withheld or missing."""
        if not self.values:
            return _("no value")
        _year, value = self.values[-1]
        return f"{value} {self.indicator.sign}".strip() if value else _("withheld")

    @property
    def last_year(self) -> int | None:
        return self.values[-1][0] if self.values else None

    @property
    def forecast(self) -> dict[str, Any] | None:
        found = self.row["forecast"]
        return None if found is None else dict(zip(("year", "middle", "low", "high"), found, strict=True))

    @property
    def chance(self) -> str:
        """In whole percent; the ends are said as ends, since nothing is certain."""
        if self.row["reach"] is None:
            return ""
        percent = round(float(self.row["reach"]) * 100)
        return "<5%" if percent < 5 else ">95%" if percent > 95 else f"{percent}%"

    @property
    def aim(self) -> str:
        """What it is held against, short."""
        return aim_of(self.indicator)


def aim_of(one: Indicator) -> str:
    rule = one.rule
    number = "" if rule.value is None else _number(one)
    words = {
        "ge": _("at least %s"), "le": _("at most %s"), "gt": _("more than %s"), "approx": _("about %s"),
        "trend_up": _("rising"), "trend_down": _("falling"), "not_up": _("not rising"), "growth_slows": _("growth slows"),
        "gap_down": _("gap narrows"), "gap_zero": _("no gap"), "eliminated": _("as good as none"),
        "reasonable": _("reasonable, number to be decided"), "ge_indicator": _("not below the other share"),
        "approx_indicator": _("as the other share"), "context": _("no direction"),
    }  # fmt: skip
    text = words[rule.kind]
    text = text % f"{number} {one.sign}".strip() if "%s" in text else text
    every = {"town": _("in every town"), "institution": _("in every institution")}.get(rule.every, "")
    return " · ".join(part for part in (text, every, _("striven for") if rule.soft else "") if part)


def _number(one: Indicator) -> str:
    value = one.rule.value
    assert value is not None
    if value.denominator == 3:
        return "33⅓"
    return str(value.numerator) if value.denominator == 1 else str(float(value))


@dataclass(frozen=True, slots=True)
class TargetLine:
    target: Target
    code: str
    lines: list[IndicatorLine]

    @property
    def status(self) -> str:
        return str(STATUSES[self.code]) if self.target.type != "qualitative" else _("Told in words")

    @property
    def tone(self) -> str:
        return STATUS_TONES[self.code] if self.target.type != "qualitative" else ""

    @property
    def signs(self) -> list[tuple[str, str]]:
        return sorted({sign for line in self.lines for sign in line.signs})


@dataclass(frozen=True, slots=True)
class Tile:
    domain: Domain
    targets: list[TargetLine]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(word, tone, number of targets) of each status that occurs, targets told in words apart."""
        codes = [one.code for one in self.targets if one.target.type != "qualitative"]
        found = [(str(STATUSES[c]), STATUS_TONES[c], codes.count(c)) for c in ORDER if c in codes]
        words = sum(one.target.type == "qualitative" for one in self.targets)
        return [*found, (_("Told in words"), "", words)] if words else found

    @property
    def reached(self) -> int:
        return sum(one.code in (REACHED, PARTLY) and one.target.type != "qualitative" for one in self.targets)

    @property
    def known(self) -> int:
        return sum(one.code != NOT_MEASURABLE and one.target.type != "qualitative" for one in self.targets)


class Board:
    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        rows = content["indicators"]
        self.tiles = [
            Tile(domain, [self._target(target, rows) for target in domain.targets])
            for domain in dictionary().domains
        ]

    def _target(self, target: Target, rows: Mapping[str, Any]) -> TargetLine:
        lines = [IndicatorLine(one, rows[one.code]) for one in target.indicators if one.code in rows]
        return TargetLine(target, self.content["targets"].get(target.id, NOT_MEASURABLE), lines)

    @property
    def all_targets(self) -> list[TargetLine]:
        return [one for tile in self.tiles for one in tile.targets]

    @property
    def worries(self) -> list[IndicatorLine]:
        """Every indicator that is warned of, the worst first."""
        order = list(LEVELS)
        lines = [line for one in self.all_targets for line in one.lines if line.signs]
        return sorted(lines, key=lambda line: order.index(line.row["level"] or line.row["swing"]))

    @property
    def hard(self) -> int:
        return sum(one.code == HARD for one in self.all_targets)

    @property
    def rate(self) -> str:
        reached, known = self.content["reached"], self.content["monitorable"]
        return f"{int(reached * 1000 / known + 0.5) / 10:.1f}%" if known else "—"
