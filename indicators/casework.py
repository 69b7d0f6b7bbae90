"""The casework indicators of the plan as data (data/casework.yaml), and what each is in a span of months.

A definition that names a figure or a clock that does not exist is refused when it is read.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import yaml
from django.db.models import Q, Sum
from django.utils.translation import get_language

from indicators.figures import CLOCK_FIGURES, FIGURES, Figure
from indicators.gate import smallest
from indicators.models import Tally
from indicators.registers import MONTHLY, Monthly, is_register, monthly, registered
from indicators.stories import STORIES, Story
from workflow.rules import is_clock

DATA = Path(__file__).parent / "data" / "casework.yaml"
CLASSES = {"A", "B", "R", "X", "N"}
DIRECTIONS = {"up", "down", "context"}
# Which terms each kind needs, one of these sets.
KINDS: dict[str, tuple[set[str], ...]] = {
    "count": ({"these"},),
    "share": ({"these", "others"}, {"these", "all"}, {"all", "others"}, {"clocks"}),
    "mean": ({"sum", "per"},),
    "median": ({"these"},),
    "stock": ({"plus", "minus"},),
    "load": ({"sum", "per", "of"},),
    "total": ({"these"},),
}
TERMS = ("these", "others", "all", "clocks", "sum", "per", "of", "plus", "minus")
ALL_CLOCKS = "*"
NAMED: dict[str, Figure | Story | Monthly] = {**FIGURES, **STORIES, **MONTHLY}
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One number of an indicator. `awaits`: what is not recorded here yet, then there are no terms."""

    key: str
    kind: str
    unit: str
    names: Names
    terms: Mapping[str, tuple[str, ...]]
    note: Names = field(default_factory=dict)
    awaits: Names = field(default_factory=dict)
    coverage: str = "full"
    by: str = ""
    lag: int = 0
    register: str = ""

    @property
    def label(self) -> str:
        return said(self.names)

    @property
    def awaited(self) -> str:
        return said(self.awaits)

    @property
    def monthly(self) -> frozenset[str]:
        """The monthly records it is made of."""
        return frozenset(key for keys in self.terms.values() for key in keys if key in MONTHLY)

    @property
    def remark(self) -> str:
        return said(self.note)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A casework indicator; `measure`: the measure or target of the plan it belongs to."""

    id: str
    version: int
    since: int
    measure: str
    direction: str
    disclosure: str
    names: Names
    agency: Names
    parts: tuple[Part, ...]
    digest: str

    @property
    def label(self) -> str:
        return said(self.names)


@dataclass(frozen=True, slots=True)
class Value:
    """`state`: number, not_recorded (its record is not kept here) or not_applicable (nothing to reckon from).

    `yes` and `no` are the counts behind a share; behind anything else `yes` is how many things it speaks of.
    """

    state: Literal["number", "not_recorded", "not_applicable"]
    number: Fraction | None = None
    yes: int = 0
    no: int = 0


NOT_RECORDED, NOT_APPLICABLE = Value("not_recorded"), Value("not_applicable")


def said(names: Names) -> str:
    """In the reader's language, else in English."""
    code = (get_language() or "en").split("-")[0]
    return names.get(code) or names.get("en", "")


@cache
def indicators() -> tuple[Indicator, ...]:
    """All of them, in their order."""
    return read(DATA.read_text("utf-8"))


def read(text: str) -> tuple[Indicator, ...]:
    found = tuple(_indicator(row) for row in yaml.load(text, Loader=yaml.CSafeLoader)["indicators"])
    if len({one.id for one in found}) != len(found):
        raise ValueError("an indicator stands twice")
    return found


def _indicator(row: Mapping[str, Any]) -> Indicator:
    if row["direction"] not in DIRECTIONS or row["disclosure"] not in CLASSES:
        raise ValueError(f"{row['id']}: unknown direction or disclosure class")
    parts = tuple(_part(row, part) for part in row["parts"])
    if len({part.key for part in parts}) != len(parts):
        raise ValueError(f"{row['id']}: a part stands twice")
    digest = hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    plain = ("id", "version", "since", "measure", "direction", "disclosure", "names", "agency")
    return Indicator(**{name: row[name] for name in plain}, parts=parts, digest=digest)


def _part(row: Mapping[str, Any], part: Mapping[str, Any]) -> Part:
    terms = {name: tuple(part[name]) for name in TERMS if name in part}
    optional = {
        name: part[name] for name in ("note", "awaits", "coverage", "by", "lag", "register") if name in part
    }
    made = Part(part["key"], part["kind"], part["unit"], part.get("names", row["names"]), terms, **optional)
    if problem := _problem(made):
        raise ValueError(f"{row['id']} {made.key}: {problem}")
    return made


def _problem(part: Part) -> str:
    if part.awaits or part.register:
        if part.register and not is_register(part.register):
            return f"no such register: {part.register}"
        return "it has terms besides" if part.terms or (part.awaits and part.register) else ""
    if set(part.terms) not in KINDS.get(part.kind, ()):
        return f"{part.kind} does not go with {sorted(part.terms)}"
    named = [one for name, terms in part.terms.items() if name != "clocks" for one in terms]
    if unknown := [one for one in named if one not in NAMED]:
        return f"no such figure: {unknown}"
    if unknown := [one for one in part.terms.get("clocks", ()) if one != ALL_CLOCKS and not is_clock(one)]:
        return f"no such clock: {unknown}"
    keys = {dimension.key for one in named if one in FIGURES for dimension in FIGURES[one].dims}
    return f"no such breakdown: {part.by}" if part.by and part.by not in keys else ""


def figure(key: str) -> Figure | Story | Monthly:
    return NAMED[key]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the tallies of these federations hold in the months from `first` to `last`, by (figure, dims)."""

    homes: frozenset[UUID]
    first: date
    last: date
    counts: Mapping[tuple[str, str], int]
    before: Mapping[str, int]
    kept: frozenset[str] = frozenset()

    def of(self, keys: Iterable[str]) -> int:
        return sum(self.counts.get((key, ""), 0) for key in keys)

    def verdict(self, clocks: Iterable[str], verdict: str) -> int:
        return sum(
            self.counts.get((key, dims), 0) for key in CLOCK_FIGURES for dims in _dims(clocks, verdict)
        )

    def until(self, keys: Iterable[str]) -> int:
        """From the beginning of the records to the end of the span."""
        return sum(self.before.get(key, 0) for key in keys) + self.of(keys)


def _dims(clocks: Iterable[str], verdict: str) -> list[str]:
    return [
        f"verdict={verdict}" if clock == ALL_CLOCKS else f"clock={clock};verdict={verdict}"
        for clock in clocks
    ]


def counted(homes: Iterable[UUID], first: date, last: date) -> Counted:
    """Three queries, whatever the number of cases."""
    own = frozenset(homes)
    rows = Tally.objects.filter(home__in=own).exclude(n=0)
    within = rows.filter(month__range=(first, last)).values_list("figure", "dims").annotate(total=Sum("n"))
    stocks = Q(figure__in=STOCKED, dims="", month__lt=first)
    earlier = rows.filter(stocks).values_list("figure").annotate(total=Sum("n"))
    counts = {(key, dims): n for key, dims, n in within}
    kept = {key: by for key, by in monthly(own, first, last).items() if by}
    counts |= {(key, ""): sum(by.values()) for key, by in kept.items()}
    return Counted(own, first, last, counts, dict(earlier), frozenset(kept))


def value(part: Part, found: Counted) -> Value:
    """The exact number: for the gate, not for a page."""
    if part.awaits or not found.kept >= part.monthly:
        return NOT_RECORDED
    if part.kind == "total":
        return NOT_APPLICABLE  # a sum of money leaves through a release alone
    if part.register:
        n = registered(part.register, found.homes, found.first, found.last)
        return Value("number", Fraction(n), n)
    terms = part.terms
    if part.kind == "share":
        return _share(part, found)
    if part.kind == "load":
        return _load(found.of(terms["sum"]), found.of(terms["of"]), found.of(terms["per"]))
    if part.kind == "mean":
        per = found.of(terms["per"])
        return Value("number", Fraction(found.of(terms["sum"]), per), per) if per else NOT_APPLICABLE
    if part.kind == "median":
        return _median(_histogram(terms["these"], found))
    n = (
        found.until(terms["plus"]) - found.until(terms["minus"])
        if part.kind == "stock"
        else found.of(terms["these"])
    )
    return Value("number", Fraction(n), n)


def _share(part: Part, found: Counted) -> Value:
    terms = part.terms
    if "clocks" in terms:
        yes, no = (found.verdict(terms["clocks"], verdict) for verdict in ("met", "missed"))
    else:
        whole = found.of(terms["all"]) if "all" in terms else None
        known = {name: found.of(terms[name]) for name in ("these", "others") if name in terms}
        yes = known["these"] if "these" in known else (whole or 0) - known["others"]
        no = known["others"] if "others" in known else (whole or 0) - yes
    return Value("number", Fraction(100 * yes, yes + no), yes, no) if yes + no else NOT_APPLICABLE


def _load(used: int, there: int, cases: int) -> Value:
    """How much of what there was is used; nothing of fewer cases than a mean needs."""
    if not there or cases < 2 * smallest():
        return NOT_APPLICABLE
    return Value("number", Fraction(100 * used, there), used, there - used)


def _histogram(keys: Iterable[str], found: Counted) -> dict[int, int]:
    wanted = set(keys)
    return {
        int(dims.removeprefix("hours=")): n
        for (key, dims), n in found.counts.items()
        if key in wanted and dims.startswith("hours=")
    }


def _median(by_hour: Mapping[int, int]) -> Value:
    """Of full hours; between two of them, their mean."""
    total = sum(by_hour.values())
    if not total:
        return NOT_APPLICABLE
    middle = [_at(by_hour, (total - 1) // 2), _at(by_hour, total // 2)]
    return Value("number", Fraction(sum(middle), 2), total)


def _at(by_hour: Mapping[int, int], place: int) -> int:
    """The hour at this place of the sorted list, from 0."""
    for hour in sorted(by_hour):
        place -= by_hour[hour]
        if place < 0:
            return hour
    raise ValueError("there is no such place")


STOCKED = sorted(
    {
        key
        for one in indicators()
        for part in one.parts
        for name in ("plus", "minus")
        for key in part.terms.get(name, ())
    }
)
