"""What a unit has to report: one slot per indicator, sex and, where each must hold, town or institution."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.dictionary import Indicator, dictionary
from monitor.stored import Sex, Value


@dataclass(frozen=True, slots=True)
class Slot:
    indicator: Indicator
    sex: str
    part: str
    value: Value | None = None

    @property
    def key(self) -> str:
        """Names the fields of a row: no word typed by somebody stands in it but the name of a town or institution."""
        return f"{self.indicator.code}|{self.sex}|{self.part}"

    @property
    def sex_label(self) -> str:
        return str(Sex(self.sex).label)

    @property
    def counts(self) -> bool:
        return self.indicator.measure in ("share", "ratio")


def slots_of(codes: Iterable[str], towns: Sequence[str], values: Sequence[Value]) -> list[Slot]:
    """`values` in the order of their versions: the last of each stands. Institutions are those reported so far."""
    newest = {(v.indicator, v.sex, v.part): v for v in values}
    found = []
    for one in (
        dictionary().indicators[code] for code in sorted(set(codes) & dictionary().indicators.keys())
    ):
        if one.casework:
            continue  # flows in from the releases
        code = one.code
        known = sorted({part for indicator, _sex, part in newest if indicator == code and part})
        parts = {"town": sorted(set(towns) | set(known)), "institution": known}.get(one.rule.every, [""])
        sexes = ("all",) if one.rule.every else one.sexes
        found += [Slot(one, sex, part, newest.get((code, sex, part))) for part in parts for sex in sexes]
    return found
