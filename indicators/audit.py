"""The proof that what is shown gives no small number away: linear programs over all tables of all live releases at once.

A reader is taken to know every sum. Each small number must still be able to be anything from 0 to 4 (its own limit may
be higher), for two readers: one who also guesses which hidden numbers are small and which only stand guard, and, for
what stands guard, one who does not. A linear solution in fractions counts only if a whole one exists too.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

# A whole-number witness that takes longer counts as none.
SECONDS = 5.0
MOST = 4
Row = tuple[tuple[str, int], ...]


class Refused(Exception):
    """These numbers cannot be published: `cell` would be told, whatever else is hidden."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A true count. `least`: the smallest number that may be shown. `rank`: what is hidden last when others must be.

    `displayed`: it stands in a table; else it is only reckoned with, such as the rest of a group or what came late.
    `spans`: some years together. Where it is hidden beside one of them, anybody may see that it only stands guard.
    """

    n: int
    least: int = 5
    rank: int = 0
    displayed: bool = True
    spans: bool = False

    @property
    def is_small(self) -> bool:
        return self.n < self.least


@dataclass(slots=True)
class Book:
    """Counts and the sums between them: in every row, counts times coefficients add up to nothing."""

    cells: dict[str, Cell] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def put(
        self, name: str, n: int, least: int = 5, *, rank: int = 0, displayed: bool = True, spans: bool = False
    ) -> str:
        self.cells[name] = Cell(n, least, rank, displayed, spans)
        return name

    def total(self, total: str, parts: Iterable[str]) -> None:
        """`parts` make up `total`."""
        self.rows.append(((total, 1), *((part, -1) for part in parts)))

    def within(self, part: str, whole: str, least: int = 5) -> None:
        """`part` is some of `whole`: the rest is a number too, and as easily told."""
        rest = self.put(f"{whole}−{part}", self.cells[whole].n - self.cells[part].n, least, displayed=False)
        self.total(whole, [part, rest])

    def covers(self, total: str, parts: list[str]) -> None:
        """Everything in `total` stands in at least one part, some in several."""
        more = sum(self.cells[part].n for part in parts) - self.cells[total].n
        self.put(f"{total}≤{parts[0]}", more, 0, displayed=False)
        self.rows.append(((total, 1), (f"{total}≤{parts[0]}", 1), *((part, -1) for part in parts)))

    @property
    def contradictions(self) -> list[Row]:
        """Sums that do not hold, and counts that cannot be."""
        wrong = [row for row in self.rows if sum(k * self.cells[name].n for name, k in row)]
        return wrong + [((name, 1),) for name, cell in self.cells.items() if cell.n < 0]


@dataclass(slots=True)
class Auditor:
    """What a reader of the numbers in `shown` could work out about the others."""

    book: Book
    shown: set[str]
    rows_of: dict[str, list[int]] = field(init=False)
    models: dict[tuple[str, bool], "Model"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows_of = {name: [] for name in self.book.cells}
        for place, row in enumerate(self.book.rows):
            for name, _ in row:
                self.rows_of[name].append(place)

    def targets(self) -> list[str]:
        """Every small number, and every hidden one."""
        return [
            name
            for name, cell in self.book.cells.items()
            if name not in self.shown
            and (cell.is_small or (cell.displayed and not cell.spans))
            and cell.least > 0
        ]

    def is_safe(self, name: str) -> bool:
        """It could be none and it could be four; then it could be anything between."""
        cell = self.book.cells[name]
        model = self._model(name, guesses=cell.is_small)
        return all(model.possible(name, value) for value in (0, MOST))

    def hide(self, name: str) -> None:
        """From now on it hangs together with what was apart: those programs are set up anew."""
        self.shown.discard(name)
        near = {one for place in self.rows_of[name] for one, _ in self.book.rows[place]}
        self.models = {key: model for key, model in self.models.items() if near.isdisjoint(model.places)}

    def unknown_around(self, name: str) -> tuple[list[str], list[int]]:
        """What hangs together with `name` through numbers that are not shown, and the sums that bind it."""
        found, rows, edge = {name: None}, dict[int, None](), deque([name])
        while edge:
            for place in self.rows_of[edge.popleft()]:
                if place in rows:
                    continue
                rows[place] = None
                new = [one for one, _ in self.book.rows[place] if one not in self.shown and one not in found]
                found.update(dict.fromkeys(new))
                edge.extend(new)
        return list(found), list(rows)

    def guard(self, name: str, free: set[str]) -> str | None:
        """What is hidden for its sake: near before far, a part before a total, the smallest first."""
        away, edge, seen, step = dict[str, int](), {name}, {name}, 0
        while edge:
            step += 1
            around = {
                one for cell in edge for place in self.rows_of[cell] for one, _ in self.book.rows[place]
            } - seen
            seen |= around
            away.update(dict.fromkeys(around & free & self.shown, step))
            edge = {one for one in around if one not in self.shown}
        cells = self.book.cells
        return min(away, key=lambda one: (cells[one].rank, away[one], cells[one].n, one), default=None)

    def _model(self, name: str, *, guesses: bool) -> "Model":
        if (name, guesses) not in self.models:
            names, rows = self.unknown_around(name)
            # Where no shown number touches them nobody can guess which of the hidden ones are small.
            guesses_here = guesses and any(
                one in self.shown and self.book.cells[one].displayed
                for row in rows
                for one, _ in self.book.rows[row]
            )
            model = Model(self.book, names, rows, self.shown, guesses=guesses_here)
            self.models.update({(one, guesses): model for one in names})
        return self.models[name, guesses]


class Model:
    """One linear program: the numbers that hang together, and what binds them."""

    def __init__(
        self, book: Book, names: list[str], rows: list[int], shown: set[str], *, guesses: bool
    ) -> None:
        self.places = {name: place for place, name in enumerate(names)}
        self.witnessed = {value: np.zeros(len(names), dtype=bool) for value in (0, MOST)}
        self.bounds = [_bounds(book.cells[name], guesses=guesses) for name in names]
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("log_to_console", False)
        self.solver.setOptionValue("threads", 1)
        for low, high in self.bounds:
            self.solver.addVar(low, high)
        for row in rows:
            known = -sum(k * book.cells[name].n for name, k in book.rows[row] if name in shown)
            unknown = [(self.places[name], k) for name, k in book.rows[row] if name not in shown]
            places, factors = (
                np.array([place for place, _ in unknown]),
                np.array([float(k) for _, k in unknown]),
            )
            self.solver.addRow(float(known), float(known), len(unknown), places, factors)

    def possible(self, name: str, value: int) -> bool:
        """Is there a table in whole numbers in which `name` is `value`?"""
        place = self.places[name]
        low, high = self.bounds[place]
        if self.witnessed[value][place]:
            return True
        if not low <= value <= high:
            return False
        self.solver.changeColBounds(place, value, value)
        try:
            return self._solved() and (self._is_whole() or self._in_whole_numbers())
        finally:
            self.solver.changeColBounds(place, low, high)

    def _solved(self) -> bool:
        self.solver.run()
        return bool(self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _is_whole(self) -> bool:
        """A whole table that was found proves all its numbers at once."""
        solution = np.array(self.solver.getSolution().col_value)
        near = np.round(solution)
        if np.max(np.abs(solution - near), initial=0) > 1e-6:
            return False
        for value, proved in self.witnessed.items():
            proved |= near == value
        return True

    def _in_whole_numbers(self) -> bool:
        columns = range(len(self.bounds))
        self.solver.setOptionValue("time_limit", SECONDS)
        for column in columns:
            self.solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        try:
            return self._solved()
        finally:
            for column in columns:
                self.solver.changeColIntegrality(column, highspy.HighsVarType.kContinuous)


def _bounds(cell: Cell, *, guesses: bool) -> tuple[float, float]:
    if not guesses or not cell.displayed:
        return 0.0, highspy.kHighsInf
    return (0.0, cell.least - 1.0) if cell.is_small else (float(cell.least), highspy.kHighsInf)


def protect(book: Book, shown: Iterable[str], free: Iterable[str]) -> set[str]:
    """`shown` without what must be hidden besides; only numbers in `free` may be. Raises Refused."""
    auditor, may_go = Auditor(book, set(shown)), set(free)
    waiting = deque(auditor.targets())
    while waiting:
        name = waiting.popleft()
        while not auditor.is_safe(name):
            guard = auditor.guard(name, may_go)
            if guard is None:
                raise Refused(name)
            auditor.hide(guard)
            if not book.cells[guard].spans:
                waiting.append(guard)
    return auditor.shown


def told(book: Book, shown: Iterable[str]) -> list[str]:
    """What a reader of `shown` could narrow down; empty: it may be published."""
    auditor = Auditor(book, set(shown))
    return [name for name in auditor.targets() if not auditor.is_safe(name)]


def joined(books: Mapping[str, Book]) -> Book:
    """Several books as one; a name is told from its namesakes by the key of its book."""
    whole = Book()
    for key, book in books.items():
        whole.cells.update({f"{key}:{name}": cell for name, cell in book.cells.items()})
        whole.rows.extend(tuple((f"{key}:{name}", k) for name, k in row) for row in book.rows)
    return whole
