"""Series, decisions and verdicts of an area, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from agencies.models import Area
from monitor.dictionary import Indicator, dictionary
from monitor.goals import Decided
from monitor.levels import Levels
from monitor.series import Point
from monitor.stored import Answer, Decision, Publication, Reporter, Responsibility, Status, Value
from monitor.verdict import NOT_MEASURABLE, Verdict, judge, told


def home_area(area: Area) -> str:
    """The area whose plan it is: one's own, or the nearest above that has one."""
    line: list[str] = []
    at: Area | None = area
    while at is not None:
        line.append(at.code)
        at = at.parent
    known = set(Reporter.objects.filter(area__in=line).values_list("area", flat=True))
    known |= set(Publication.objects.filter(area__in=line).values_list("area", flat=True))
    return next((code for code in line if code in known), line[0])


def newest(values: Iterable[Value]) -> list[Value]:
    """The last version of each."""
    found: dict[tuple[str, int, str, str], Value] = {}
    for value in values:
        if value.key not in found or found[value.key].version < value.version:
            found[value.key] = value
    return list(found.values())


def point_of(one: Indicator, value: Value) -> Point:
    if value.x is not None and value.n:
        return Point(value.year, Fraction(value.x * one.factor, value.n), value.x, value.n)
    if value.number is not None:
        return Point(
            value.year, abs(Fraction(value.number)) if one.measure == "gap" else Fraction(value.number)
        )
    return Point(value.year, Fraction(value.x or 0), value.x)


class Read:
    """All values of an area up to a year, and what was decided: two queries. `final`: only what was published or is being."""

    def __init__(self, area: str, until: int, final: bool) -> None:
        rows = Value.objects.filter(area=area, year__lte=until)
        if final:
            rows = rows.filter(status=Status.FINAL)
        self.values = newest(rows)
        self.levels = Levels(area)
        self.decisions = _decisions(area)
        self.until = until
        self.points: dict[str, list[Point]] = defaultdict(list)
        self.parts: dict[str, list[Fraction]] = defaultdict(list)
        self.withheld: dict[str, list[int]] = defaultdict(list)
        for value in self.values:
            one = dictionary().indicators.get(value.indicator)
            if one is None:
                continue
            if value.answer == Answer.SUPPRESSED and value.sex == one.main and not value.part:
                self.withheld[one.code].append(value.year)
            if value.answer != Answer.NUMBER:
                continue
            if one.rule.every:
                if value.part and value.year == until:
                    self.parts[one.code].append(point_of(one, value).value)
            elif value.sex == one.main:
                if self.levels and self.levels.hides(one, value.year, value.x):
                    self.withheld[one.code].append(value.year)
                else:
                    self.points[one.code].append(point_of(one, value))
        for points in self.points.values():
            points.sort(key=lambda point: point.year)

    def verdict(self, one: Indicator, exact: bool = False) -> Verdict:
        last = max((point.year for point in self.points.get(one.code, [])), default=0)
        if any(year > last for year in self.withheld.get(one.code, [])):
            return Verdict(NOT_MEASURABLE, reasons=("last_withheld",))
        others = {point.year: point.value for point in self.points.get(one.rule.than, [])}
        decided = self.decisions.get(one.code, Decided())
        by = judge if exact else told
        return by(one, self.points[one.code], decided=decided, others=others, parts=self.parts[one.code])


def verdicts(area: str, *, until: int, final: bool, exact: bool = False) -> dict[str, Verdict]:
    read = Read(area, until, final)
    return {code: read.verdict(one, exact) for code, one in dictionary().indicators.items()}


def _decisions(area: str) -> Mapping[str, Decided]:
    """The newest of each kind; a baseline brings its year."""
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for row in Decision.objects.filter(area=area).order_by("decided_at"):
        if row.kind == Decision.Kind.MILESTONE:
            continue
        found[row.indicator][str(row.kind)] = Fraction(row.number)
        if row.kind == Decision.Kind.BASELINE:
            found[row.indicator]["baseline_year"] = row.year
    return {code: Decided(**given) for code, given in found.items()}  # type: ignore[arg-type]


def addressee(area: str, code: str) -> UUID | None:
    """Who leads the target; where nobody does, who reports the indicator."""
    target = dictionary().indicators[code].target
    leads = Responsibility.objects.filter(area=area, target=target, part=Responsibility.Part.LEAD)
    found = leads.values_list("agency", flat=True).first()
    return (
        found or Reporter.objects.filter(area=area, indicator=code).values_list("agency", flat=True).first()
    )


def earlier(area: str, codes: Sequence[str], before: int) -> dict[str, list[Value]]:
    """The values of the years before, oldest first, by the key of their slot."""
    found: dict[str, list[Value]] = defaultdict(list)
    rows = newest(Value.objects.filter(area=area, indicator__in=codes, year__lt=before, answer=Answer.NUMBER))
    for value in sorted(rows, key=lambda row: row.year):
        found[f"{value.indicator}|{value.sex}|{value.part}"].append(value)
    return found
