"""Two ways of doing the same work, timed in turn in one run, so that a busy machine slows both alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds."""

    least: float
    median: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        return cls(min(seconds) * 1000, median(seconds) * 1000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Without `plain` there is nothing to compare with."""

    what: str
    ours: Times
    plain: Times | None = None
    target: float | None = None
    note: str = ""
    against: str = ""

    @property
    def ratios(self) -> tuple[float, float] | None:
        """Of the minima and of the medians."""
        if self.plain is None:
            return None
        return self.ours.least / self.plain.least, self.ours.median / self.plain.median


def race(
    what: str, ours: Work, plain: Work, *, rounds: int, target: float | None = None, note: str = ""
) -> Row:
    """Each work is called with the number of the round; whoever begins changes from round to round."""
    took: dict[Work, list[float]] = {ours: [], plain: []}
    for work in (ours, plain):
        work(0)
    gc.collect()
    for number in range(1, rounds + 1):
        for work in (ours, plain) if number % 2 else (plain, ours):
            took[work].append(timed(work, number))
    return Row(what, Times.of(took[ours]), Times.of(took[plain]), target, note)


def timed(work: Work, number: int) -> float:
    start = perf_counter()
    work(number)
    return perf_counter() - start


def alone(what: str, work: Work, *, rounds: int, note: str = "") -> Row:
    work(0)
    return Row(what, Times.of([timed(work, number) for number in range(1, rounds + 1)]), note=note)


HEAD = f"{'':54}{'product, ms':>19}{'plain, ms':>19}{'ratio':>14}{'target':>8}\n" + (
    f"{'':54}{'min':>9}{'median':>10}{'min':>9}{'median':>10}{'min':>7}{'med':>7}{'':>8}"
)


def line(row: Row) -> str:
    times = f"{row.ours.least:>9.2f}{row.ours.median:>10.2f}"
    times += f"{row.plain.least:>9.2f}{row.plain.median:>10.2f}" if row.plain else " " * 19
    ratios = "".join(f"{ratio:>7.2f}" if ratio >= 0.1 else f"{ratio:>7.4f}" for ratio in row.ratios or ())
    target = f"{'≤ ' + format(row.target, 'g'):>8}" if row.target else ""
    text = f"{row.what:<54}{times}{ratios:>14}{target}".rstrip()
    notes = [row.note, f"The ratio is to {row.against}." if row.against else ""]
    return "\n    ".join([text, *filter(None, notes)])
