"""The plan as data (data/dictionary.yaml): domains, targets and indicators; refused when it contradicts itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from indicators.casework import indicators as casework_indicators

DATA = Path(__file__).parent / "data" / "dictionary.yaml"

# With a number of its own; against another indicator; by how the series moves; needs a local number; no good side.
NUMBER = {"ge", "le", "gt", "approx"}
RELATION = {"ge_indicator", "approx_indicator"}
MOVEMENT = {"trend_up", "trend_down", "not_up", "growth_slows", "gap_down"}
LOCAL = {"gap_zero", "eliminated", "reasonable"}
RULES = NUMBER | RELATION | MOVEMENT | LOCAL | {"context"}
MEASURES = {"share", "ratio", "count", "value", "gap"}
WANTS = {"up", "down", "keep", "none"}
SEXES = {"both", "female", "women", "none"}
TYPES = {"numeric", "trend", "qualitative"}
EVERY = {"", "town", "institution"}
FLOOR = 5  # the smallest count that is shown; an indicator may ask for more, never for less
# unit -> what a plain fraction is multiplied by, its sign in Chinese and in English
UNITS: Mapping[str, tuple[int, str, str]] = {
    "percent": (100, "%", "%"), "per_mille": (1000, "‰", "‰"), "per_100k": (100_000, "/10万", "per 100,000"),
    "person": (1, "人", "persons"), "case": (1, "件", "cases"), "visit": (1, "人次", "times"),
    "event": (1, "场次", "events"), "year": (1, "年", "years"), "age": (1, "岁", "years of age"),
    "yuan_month": (1, "元/月", "yuan a month"), "minute_day": (1, "分钟/日", "minutes a day"),
    "tonne": (1, "吨", "tonnes"), "point": (1, "个百分点", "percentage points"), "score": (1, "分", "points"),
    "per_bed": (1, "人/张", "per bed"), "index": (1, "", ""),
}  # fmt: skip


class DictionaryError(ValueError):
    """The data file contradicts itself."""


def worded(zh: str, en: str) -> str:
    return zh if (get_language() or "zh").startswith("zh") else en


@dataclass(frozen=True, slots=True)
class Rule:
    """What a value is held against. `soft`: a miss warns, it never fails. `every`: must hold in each town or institution."""

    kind: str
    value: Fraction | None = None
    than: str = ""
    every: str = ""
    soft: bool = False
    suggested_tolerance: Fraction | None = None
    over_is_fine: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """`small`: so few people stand behind it that a count may give one away. `breaks`: years of a new definition.

    `casework`: the figure of the casework (CW.nn.part) it is; its values come from releases only, nobody reports it.
    `public`: it counts holders of office, institutions or events, which everybody may know one by one.
    """

    code: str
    target: str
    zh: str
    en: str
    unit: str
    measure: str
    wants: str
    sex: str
    rule: Rule
    suggested: str = ""
    proxy: bool = False
    small: bool = False
    public: bool = False
    survey: bool = False
    support: bool = False
    casework: str = ""
    least: int = FLOOR
    period: str = "annual"
    since: int = 2021
    until: int | None = None
    version: int = 1
    breaks: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return worded(self.zh, self.en)

    @property
    def factor(self) -> int:
        return UNITS[self.unit][0]

    @property
    def sign(self) -> str:
        return worded(*UNITS[self.unit][1:])

    @property
    def has_number(self) -> bool:
        """The plan itself names the number, for the district as a whole."""
        return self.rule.value is not None and not self.rule.every

    @property
    def judged(self) -> bool:
        """Counts for whether the target is reached: no proxy, no comparison value, and it has a good side."""
        return not (self.proxy or self.support or self.rule.kind == "context")

    @property
    def sexes(self) -> tuple[str, ...]:
        """The series a unit reports: all (or women, where there is nobody else), and each sex where asked."""
        if self.measure == "gap" or self.sex in ("women", "none"):
            return ("all",)
        return ("all", "f", "m") if self.sex == "both" else ("f", "m")

    @property
    def main(self) -> str:
        """The series that is judged."""
        return "f" if self.sex == "female" and self.measure != "gap" else "all"


@dataclass(frozen=True, slots=True)
class Target:
    id: str
    zh: str
    en: str
    type: str
    indicators: tuple[Indicator, ...] = ()

    @property
    def name(self) -> str:
        return worded(self.zh, self.en)

    @property
    def domain(self) -> str:
        return self.id.split(".")[0]


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    zh: str
    en: str
    targets: tuple[Target, ...] = ()

    @property
    def name(self) -> str:
        return worded(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Dictionary:
    version: int
    dated: str
    digest: str
    domains: tuple[Domain, ...]
    targets: Mapping[str, Target] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


@cache
def dictionary() -> Dictionary:
    return read(DATA.read_text("utf-8"))


def read(text: str) -> Dictionary:
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    found = {code: _indicator(code, row) for code, row in data["indicators"].items()}
    targets = {}
    for key, row in data["targets"].items():
        own = tuple(one for one in found.values() if one.target == key)
        targets[key] = Target(key, row["zh"], row["en"], row["type"], own)
    domains = tuple(
        Domain(code, row["zh"], row["en"], tuple(t for t in targets.values() if t.domain == code))
        for code, row in data["domains"].items()
    )
    if wrong := [*_wrong_targets(targets, domains), *_wrong_indicators(found, targets)]:
        raise DictionaryError("; ".join(wrong))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Dictionary(data["version"], str(data["dated"]), digest, domains, targets, found)


def _indicator(code: str, row: Mapping[str, Any]) -> Indicator:
    """`D1.02a` belongs to target D1.T2. `versions`: {2: {since: 2025}} marks a break in that year."""
    rest = {k: v for k, v in row.items() if k not in ("rule", "versions")}
    versions = {int(n): int(one["since"]) for n, one in row.get("versions", {}).items()}
    domain, number = code.split(".")
    rule = dict(row["rule"])
    for name in ("value", "suggested_tolerance"):
        if name in rule:
            rule[name] = Fraction(str(rule[name]))
    kind = rule.pop("is")
    if kind in NUMBER and rule.get("value") == Fraction(1, 3):
        rule["value"] *= UNITS[row["unit"]][0]
    return Indicator(
        code=code, target=f"{domain}.T{int(number[:2])}", rule=Rule(kind, **rule),
        version=max(versions, default=1), breaks=tuple(sorted(versions.values())), **rest,
    )  # fmt: skip


def _wrong_targets(targets: Mapping[str, Target], domains: tuple[Domain, ...]) -> list[str]:
    codes = {one.code for one in domains}
    wrong = [f"{t.id}: unknown domain" for t in targets.values() if t.domain not in codes]
    wrong += [f"{t.id}: unknown type {t.type}" for t in targets.values() if t.type not in TYPES]
    judged = {t.id: any(one.judged for one in t.indicators) for t in targets.values()}
    wrong += [
        f"{t.id}: nothing to judge it by"
        for t in targets.values()
        if t.type == "numeric" and not judged[t.id]
    ]
    wrong += [
        f"{t.id}: qualitative, yet judged"
        for t in targets.values()
        if t.type == "qualitative" and judged[t.id]
    ]
    return wrong


def _no_such_figure(one: Indicator) -> bool:
    """A share is a share there too, and what the casework does not record cannot flow in."""
    figure, _dot, part = one.casework.rpartition(".")
    rows = (row for row in casework_indicators() if row.id == figure)
    found = next((p for row in rows for p in row.parts if p.key == part), None)
    return found is None or bool(found.awaits) or (found.unit == "percent") != (one.measure == "share")


def _wrong_indicators(found: Mapping[str, Indicator], targets: Mapping[str, Target]) -> list[str]:
    wrong = []
    for one in found.values():
        rule = one.rule
        faults = {
            "unknown target": one.target not in targets,
            "unknown rule": rule.kind not in RULES,
            "unknown unit": one.unit not in UNITS,
            "unknown measure": one.measure not in MEASURES,
            "unknown direction": one.wants not in WANTS,
            "unknown sex breakdown": one.sex not in SEXES,
            "unknown place": rule.every not in EVERY,
            "public, yet small persons": one.public and one.small and not one.target.startswith("D4."),
            "shows smaller counts than allowed": one.least < FLOOR,
            "no such figure of the casework": bool(one.casework) and _no_such_figure(one),
            "a number is missing": rule.kind in NUMBER and rule.value is None,
            "a number too much": rule.kind not in NUMBER and rule.value is not None,
            "compares with nothing": rule.kind in RELATION and rule.than not in found,
            "no good side, yet a direction": rule.kind == "context" and one.wants != "none",
            "a good side without direction": rule.kind != "context" and one.wants == "none",
        }  # fmt: skip
        wrong += [f"{one.code}: {word}" for word, is_wrong in faults.items() if is_wrong]
    return wrong
