"""Nobody who has all the releases can tell a small number, that something small happened, or that a whole group is one."""

from random import Random

import pytest

from indicators.ledger import NotPublished
from indicators.models import Release
from indicators.releases import exported
from scenarios.bench.districts import Event, book_of, cases, published
from tests.attacks.record import Tried
from tests.indicators.attack import Attack

PROGRAM = "a program that has every file"


def truth(attack: Attack, events: list[list[Event]], years: list[int], quarters: list[int]) -> dict[str, int]:
    """The true count behind every unknown of the attacker."""
    books = [book_of(rows, year, ended) for rows, year, ended in zip(events, years, quarters, strict=True)]
    true = {
        f"{place}:{name}": cell.n for place, book in enumerate(books) for name, cell in book.cells.items()
    }
    found = {name: true[name] for name in attack.unknown if name in true}
    for name in attack.unknown:
        kind, _, rest = name.partition(" ")
        if kind == "rest":
            part, whole = rest.split(" ") if rest.count(" ") == 1 else ("", "")
            found[name] = true[whole] - true[part]
        elif kind == "late":
            place, text = rest.split(":", 1)
            earlier = [n for n in range(int(place)) if f"{n}:{text}" in true]
            found[name] = true[rest] - true[f"{earlier[-1]}:{text}"]
    return found


def disclosures(
    events: list[list[Event]], years: list[int], quarters: list[int] | None = None
) -> dict[str, list[str]]:
    """Publish one after another, those that may be; then attack them all."""
    live: list[Release] = []
    rows: list[list[Event]] = []
    done: list[int] = []
    ended: list[int] = []
    for data, year, closed in zip(events, years, quarters or [4] * len(years), strict=True):
        try:
            live.append(published(data, year, live, closed))
        except NotPublished:
            continue
        rows.append(data)
        done.append(year)
        ended.append(closed)
    attack = Attack().read([exported(one) for one in live])
    bounds, true = attack.bounds(), truth(attack, rows, done, ended)
    small = {name: bounds[name] for name, n in true.items() if 1 <= n <= 4}
    return {
        "wrong": [name for name, n in true.items() if not bounds[name][0] <= n <= bounds[name][1]],
        "exact": [name for name, (low, high) in small.items() if low == high],
        "presence": [name for name, (low, _) in small.items() if low >= 1],
        "fibre": [name for name, n in true.items() if n == 0 and bounds[name][1] == 0],
    }


NOTHING: dict[str, list[str]] = {"wrong": [], "exact": [], "presence": [], "fibre": []}


@pytest.mark.attack("T99")
@pytest.mark.parametrize(("seed", "n"), [(1, 0), (3, 12), (4, 60), (5, 180)])
def test_a_release_and_the_next_year_tell_nothing(seed: int, n: int, tried: Tried) -> None:
    events = cases(Random(seed), n, 2024, 2025, 2026)
    got = disclosures([events, events], [2025, 2026])
    tried(request=f"the files of 2025 and 2026, {n} cases a year", actor=PROGRAM, expected=NOTHING, got=got)


@pytest.mark.attack("T99")
@pytest.mark.parametrize(("seed", "late"), [(1, 1), (3, 30)])
def test_late_cases_tell_nothing_in_a_second_version(seed: int, late: int, tried: Tried) -> None:
    random = Random(seed)
    events = cases(random, 60, 2026)
    got = disclosures([events, events + cases(random, late, 2026)], [2026, 2026])
    tried(request=f"two versions of 2026, {late} late cases", actor=PROGRAM, expected=NOTHING, got=got)


@pytest.mark.attack("T99")
def test_closed_quarters_and_then_the_year_tell_nothing(tried: Tried) -> None:
    random = Random(9)
    events = cases(random, 90, 2026)
    got = disclosures([events, events + cases(random, 2, 2026)], [2026, 2026], [3, 4])
    tried(request="three quarters of 2026, then the year", actor=PROGRAM, expected=NOTHING, got=got)


def test_the_attacker_succeeds_against_a_table_that_was_not_audited() -> None:
    """Else the tests above would prove nothing."""
    release = published(cases(Random(4), 60, 2026), 2026, [])
    book = book_of(cases(Random(4), 60, 2026), 2026)
    release.cells = {
        name: cell.n if cell.n >= 5 else None for name, cell in book.cells.items() if cell.displayed
    }
    bounds = Attack().read([exported(release)]).bounds(most=4)
    told = [
        name
        for name, (low, _) in bounds.items()
        if name[2:] in book.cells and 1 <= book.cells[name[2:]].n <= 4 and low
    ]
    assert told != []


def test_two_hidden_numbers_that_change_places_change_no_byte() -> None:
    one = [
        *cases(Random(3), 30, 2026),
        *[Event(2026, 3, "orders_filed")] * 3,
        *[Event(2026, 5, "shelter_left", ("exit_mode=self",))] * 2,
    ]
    other = [
        *cases(Random(3), 30, 2026),
        *[Event(2026, 3, "orders_filed")] * 3,
        *[Event(2026, 8, "shelter_left", ("exit_mode=self",))],
    ]
    assert exported(published(one, 2026, [])) == exported(published(other, 2026, []))
