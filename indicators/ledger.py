"""Everything ever published of an area, in one book: what a new release may show beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from indicators.audit import Book, Cell, Refused, joined, protect, told
from indicators.models import Release

NEW = "new"
Say = Callable[[str], None]


class NotPublished(Exception):
    """Why nothing was published; `cell` where the audit did not pass."""

    def __init__(self, why: str, cell: str = "") -> None:
        super().__init__(why)
        self.cell = cell


@dataclass(slots=True)
class Ledger:
    """Everything ever published of an area in one book, each version of a number tied to the one before.

    The tie is what came late: a number too, and where the old one is public the only new one. Where the old one is
    hidden, the new one stays hidden until it has grown enough. What has become less is never published again.
    """

    book: Book = field(default_factory=Book)
    public: set[str] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, live: list[Release]) -> "Ledger":
        ledger = cls()
        for place, release in enumerate(live):
            book, repeated = stored(release), set(release.rules["as_first_published"])
            fresh = {name for name, value in release.cells.items() if value is not None} - repeated
            ledger.public |= {one for name, one in ledger.add(str(place), book).items() if name in fresh}
        return ledger

    def add(self, key: str, book: Book) -> dict[str, str]:
        """Tie a book in. Returns what would be shown of each displayed number: itself, or what came late."""
        parts = joined({key: book})
        self.book.cells |= parts.cells
        self.book.rows += parts.rows
        for name, cell in book.cells.items():
            if not cell.displayed and name.count("|") == 3:
                self._reckon_with(key, name, cell)
        return {name: self._tie(key, name, cell) for name, cell in book.cells.items() if cell.displayed}

    def _reckon_with(self, key: str, name: str, cell: Cell) -> None:
        """The same fact in another book (a single year within a span, a clock, a town): what came late ties them."""
        new, old = f"{key}:{name}", self.last.get(name, "")
        self.last[name] = new
        if old and cell.n >= self.book.cells[old].n:
            late = self.book.put(
                f"{key} late:{name}", cell.n - self.book.cells[old].n, cell.least, displayed=False
            )
            self.book.total(new, [old, late])

    def _tie(self, key: str, name: str, cell: Cell) -> str:
        new, late, old = f"{key}:{name}", f"{key} late:{name}", self.last.get(name, "")
        self.last[name] = new
        if not old:
            return new
        grown, was_public = cell.n - self.book.cells[old].n, self._is_public(old)
        stands = not was_public and grown >= cell.least and not cell.is_small
        self.book.cells[new] = Cell(cell.n, cell.least, cell.rank, stands, cell.spans)
        if grown < 0:
            return new
        self.book.put(late, grown, cell.least, rank=cell.rank, displayed=was_public, spans=cell.spans)
        self.book.total(new, [old, late])
        return late if was_public else new

    def _is_public(self, cell: str) -> bool:
        """It, or the first version of it together with all that came late."""
        key, name = cell.split(":", 1)
        return cell in self.public or f"{key} late:{name}" in self.public


def protected(book: Book, live: list[Release], say: Say) -> tuple[set[str], dict[str, int | None]]:
    """What of the new book may be shown beside everything that is; and what stands as it was first published."""
    ledger = Ledger.of(live)
    fresh = ledger.add(NEW, book)
    cells = ledger.book.cells
    free = {one for one in fresh.values() if cells[one].displayed and not cells[one].is_small}
    try:
        shown = protect(ledger.book, ledger.public | free, free)
    except Refused as refusal:
        raise NotPublished("a small number could be told", refusal.cell) from None
    say(f"{len(free & shown)} to be shown, auditing again from the beginning")
    if leaks := told(ledger.book, shown):
        raise NotPublished("the audit did not pass", leaks[0])
    numbers = {name for name, one in fresh.items() if one in shown}
    earlier = {name: value for one in live for name, value in one.cells.items() if name in book.cells}
    return numbers, {name: value for name, value in earlier.items() if name not in numbers}


def stored(release: Release) -> Book:
    """The book of a release as it was audited."""
    cells = {name: Cell(*row) for name, row in release.basis.cells.items()}
    return Book(cells, [tuple((name, k) for name, k in row) for row in release.basis.rows])
