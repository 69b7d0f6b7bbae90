"""How the tallies of a year become tables for the gate, and where on the page each cell stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from indicators import dimensions as d
from indicators.figures import ClockFigure, Figure, Text
from indicators.gate import NO_DATA, Sheet, Sum, Table
from workflow.registry import lives
from workflow.rules import ClockData, rule_data

Counts = Mapping[str, Mapping[int, int]]  # dims -> month (1-12) -> n
MONTHS = [
    p_("month", "January"),
    p_("month", "February"),
    p_("month", "March"),
    p_("month", "April"),
    p_("month", "May"),
    p_("month", "June"),
    p_("month", "July"),
    p_("month", "August"),
    p_("month", "September"),
    p_("month", "October"),
    p_("month", "November"),
    p_("month", "December"),
]
VERDICTS = (
    ("met", p_("clock", "Kept")),
    ("missed", p_("clock", "Missed")),
    ("unknown", p_("clock", "Cannot be told")),
)
OWNERS: tuple[d.Group, ...] = (
    d.group("wf", _("Women's federation"), "wf"),
    d.group("police", _("Police"), "police", "police_appraisal"),
    d.group("court", p_("body", "Court"), "court"),
    d.group("justice", p_("statistics", "Legal aid and justice"), "legal_aid_agency", "justice_bureau"),
    d.group("welfare", p_("statistics", "Civil affairs and relief"), "civil_affairs", "relief_station"),
)
OTHER = "other"
OTHER_BODIES, OTHER_CLOCKS = p_("statistics", "Other bodies"), p_("statistics", "Other clocks")


@dataclass(frozen=True, slots=True)
class Block:
    """One breakdown on the page: rows of (label, cell). `adds_up`: the rows make the total."""

    key: str
    title: Text
    rows: tuple[tuple[Text, str], ...]
    adds_up: bool = True

    def shown(self, sheet: Sheet) -> list[tuple[Text, str]]:
        """Rows in words, as they stand on the page and in the file."""
        return [(label, sheet.text(cell)) for label, cell in self.rows]

    def bars(self, sheet: Sheet) -> list[tuple[Text, int | None]]:
        """Rows for a chart; what cannot hold a number yet is left out."""
        return [(label, sheet.value(cell)) for label, cell in self.rows if not sheet.is_absent(cell)]


def months_begun(year: int, today: date) -> range:
    """The months of the year that can hold something."""
    last = 12 if year < today.year else today.month if year == today.year else 0
    return range(1, last + 1)


def _month_cells(counts: Counts, dims: str, begun: range, prefix: str) -> dict[str, int]:
    by_month = counts.get(dims, {})
    return {f"{prefix}{month}": by_month.get(month, 0) for month in begun}


def _absent(begun: range, prefix: str) -> frozenset[str]:
    return frozenset(f"{prefix}{month}" for month in range(1, 13) if month not in begun)


def month_block(title: Text, prefix: str = "month/") -> Block:
    return Block("month", title, tuple((label, f"{prefix}{n}") for n, label in enumerate(MONTHS, 1)))


def figure_table(
    figure: Figure, counts: Counts, begun: range, towns: Sequence[d.Group]
) -> tuple[Table, list[Block]]:
    """The year of one figure: by month, and by each dimension alone. All share one total."""
    cells = _month_cells(counts, "", begun, "month/")
    sums, blocks = [Sum("all", tuple(cells))], [month_block(p_("statistics", "By month"))]
    cells = {"all": sum(cells.values()), **cells}
    for dimension in figure.dims:
        named = _with_towns(dimension, towns)
        found = named.folded(_by_code(counts, dimension.key))
        parts = {f"{dimension.key}/{code}": n for code, n in found.items()}
        cells |= parts
        sums.append(Sum("all", tuple(parts), exact=not dimension.many))
        rows = tuple((group.label, f"{dimension.key}/{group.code}") for group in named.all_groups())
        blocks.append(Block(dimension.key, dimension.label, rows, not dimension.many))
    return Table(cells, tuple(sums), _absent(begun, "month/")), blocks


def _with_towns(dimension: d.Dimension, towns: Sequence[d.Group]) -> d.Dimension:
    if dimension.key != d.TOWN.key:
        return dimension
    return d.Dimension(dimension.key, dimension.label, dimension.fact, tuple(towns), rest=dimension.rest)


def _by_code(counts: Counts, key: str) -> dict[str, int]:
    start = f"{key}="
    return {
        dims.removeprefix(start): sum(by.values()) for dims, by in counts.items() if dims.startswith(start)
    }


def clock_table(figure: ClockFigure, counts: Counts, begun: range) -> Table:
    """Outcomes of a year: each by month, by the body that owes, and within it by clock.

    How many clocks ended in all is not shown: kept, missed and untold would give each other away.
    """
    cells: dict[str, int] = {}
    sums = []
    listed = listed_clocks(statutory=figure.statutory)
    for verdict, _label in VERDICTS:
        months = _month_cells(counts, f"verdict={verdict}", begun, f"{verdict}/month/")
        clocks = _clock_cells(counts, verdict, [rule.id for rule in listed])
        owners = {f"{verdict}/owner/{owner}": 0 for owner in owner_codes(listed)}
        for rule_id in (*(rule.id for rule in listed), OTHER):
            owners[f"{verdict}/owner/{owner_of(rule_id)}"] += clocks[f"{verdict}/clock/{rule_id}"]
        cells |= {verdict: sum(months.values()), **months, **clocks, **owners}
        sums += [Sum(verdict, tuple(months)), Sum(verdict, tuple(owners)), *_owner_sums(verdict, listed)]
    absent = frozenset[str]().union(*(_absent(begun, f"{verdict}/month/") for verdict, _label in VERDICTS))
    return Table(cells, tuple(sums), absent)


def _clock_cells(counts: Counts, verdict: str, listed: Iterable[str]) -> dict[str, int]:
    cells = {f"{verdict}/clock/{clock}": 0 for clock in (*listed, OTHER)}
    for dims, by_month in counts.items():
        if dims.startswith("clock=") and dims.endswith(f";verdict={verdict}"):
            clock = dims.removeprefix("clock=").split(";", 1)[0]
            cell = f"{verdict}/clock/{clock}"
            cells[cell if cell in cells else f"{verdict}/clock/{OTHER}"] += sum(by_month.values())
    return cells


def _owner_sums(verdict: str, listed: Sequence[ClockData]) -> list[Sum]:
    """Each body's clocks add up to what that body kept, missed or left untold."""
    found: dict[str, list[str]] = {}
    for rule_id in (*(rule.id for rule in listed), OTHER):
        found.setdefault(owner_of(rule_id), []).append(f"{verdict}/clock/{rule_id}")
    return [Sum(f"{verdict}/owner/{owner}", tuple(clocks)) for owner, clocks in found.items()]


def owner_codes(listed: Iterable[ClockData]) -> list[str]:
    """The bodies that owe at least one of these clocks, and the rest; nobody stands here with nothing to keep."""
    owing = {owner_of(rule.id) for rule in listed}
    return [group.code for group in OWNERS if group.code in owing] + [OTHER]


def owner_labels() -> dict[str, Text]:
    return {group.code: group.label for group in OWNERS} | {OTHER: OTHER_BODIES}


def owner_of(rule_id: str) -> str:
    owner = OTHER if rule_id == OTHER else rule_data(rule_id).owner
    return next((group.code for group in OWNERS if owner in group.codes), OTHER)


@cache
def listed_clocks(*, statutory: bool) -> tuple[ClockData, ...]:
    """The duties that the installed lives start, in the order of the rule book: fixed, whatever was counted."""
    flows = [model.flow for model in lives().values() if not model.__module__.startswith("tests.")]
    started = {start.clock for flow in flows for move in (flow.opening, *flow) for start in move.start_list}
    rules = [rule_data(clock) for clock in sorted(started)]
    return tuple(
        rule for rule in rules if rule.is_statutory == statutory and rule.nature in ("limit", "minimum")
    )


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One line of the clock table: kept, missed and untold, and the share kept where it may be told."""

    label: Text
    cells: tuple[str, ...]
    share: str

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.cells, self.share or NO_DATA)


def clock_rows(figure: ClockFigure, sheet: Sheet, part: str) -> list[ClockRow]:
    """`part`: "all", "owner" or "clock"."""
    if part == "all":
        return [_clock_row(figure.label, sheet, "")]
    listed = listed_clocks(statutory=figure.statutory)
    named: list[tuple[Text, str]] = [(rule.label, rule.id) for rule in listed] + [(OTHER_CLOCKS, OTHER)]
    if part == "owner":
        named = [(owner_labels()[code], code) for code in owner_codes(listed)]
    return [_clock_row(label, sheet, f"/{part}/{code}") for label, code in named]


def _clock_row(label: Text, sheet: Sheet, suffix: str) -> ClockRow:
    cells = tuple(sheet.text(f"{verdict}{suffix}") for verdict, _label in VERDICTS)
    return ClockRow(label, cells, sheet.share(f"met{suffix}", [f"missed{suffix}"]))
