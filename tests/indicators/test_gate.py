"""What is hidden stays hidden: no reader who follows the sums can tell a number below five."""

import math
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.gate import FLOOR, Sheet, Sum, Table, known, publish, smallest

counts = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=1, max_size=14)


def line(parts: list[int], name: str = "p") -> Table:
    cells = {f"{name}{place}": n for place, n in enumerate(parts)}
    return Table({"all": sum(parts), **cells}, (Sum("all", tuple(cells)),))


def possible(table: Table, sheet: Sheet, cell: str) -> set[int]:
    """The values 0-4 a reader cannot rule out who knows which cells are small, from one line alone."""
    [one] = table.sums
    found = set()
    for guess in range(FLOOR):
        low = high = 0.0
        for part in one.parts:
            value = guess if part == cell else sheet.value(part)
            if value is not None:
                low, high = low + value, high + value
            elif table.cells[part] < FLOOR:
                high += FLOOR - 1
            else:
                low, high = low + FLOOR, math.inf
        total = sheet.value(one.total)
        least, most = (
            (total, total)
            if total is not None
            else (0, FLOOR - 1 if table.cells[one.total] < FLOOR else math.inf)
        )
        if low <= most and least <= high:
            found.add(guess)
    return found


@given(counts)
def test_a_small_cell_of_a_line_may_still_be_anything_from_0_to_4(parts: list[int]) -> None:
    table = line(parts)
    sheet = publish(table)
    small = [cell for cell, n in table.cells.items() if n < FLOOR and cell != "all"]
    assert [possible(table, sheet, cell) for cell in small] == [set(range(FLOOR))] * len(small)


@given(counts)
def test_no_number_below_five_is_shown_and_none_is_wrong(parts: list[int]) -> None:
    table = line(parts)
    sheet = publish(table)
    shown = {cell: n for cell, n in sheet.values.items() if n is not None}
    assert all(n >= FLOOR and n == table.cells[cell] for cell, n in shown.items())


@given(counts)
def test_a_line_without_small_cells_is_shown_whole(parts: list[int]) -> None:
    table = line([n + FLOOR for n in parts])
    assert publish(table).values == dict(table.cells)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=5), st.data())
def test_small_numbers_that_change_places_change_nothing_that_is_shown(parts: list[int], data: Any) -> None:
    small = [place for place, n in enumerate(parts) if n < FLOOR]
    order = data.draw(st.permutations(small))
    other = list(parts)
    for place, source in zip(small, order, strict=True):
        other[place] = parts[source]
    assert publish(line(parts)).values == publish(line(other)).values


def two_ways(rows: list[list[int]]) -> Table:
    """Rows and columns with their totals and the total of all."""
    height, width = len(rows), len(rows[0])
    cells = {f"{r}.{c}": rows[r][c] for r in range(height) for c in range(width)}
    row_parts = {f"row{r}": tuple(f"{r}.{c}" for c in range(width)) for r in range(height)}
    column_parts = {f"col{c}": tuple(f"{r}.{c}" for r in range(height)) for c in range(width)}
    sums = [Sum(total, parts) for total, parts in (row_parts | column_parts).items()]
    cells |= {one.total: sum(cells[part] for part in one.parts) for one in sums}
    cells["all"] = sum(cells[total] for total in row_parts)
    return Table(cells, (*sums, Sum("all", tuple(row_parts)), Sum("all", tuple(column_parts))))


grids = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=2, max_size=4
    )
)


@given(grids)
def test_rows_and_columns_together_tell_no_small_number(rows: list[list[int]]) -> None:
    table = two_ways(rows)
    sheet = publish(table)
    small = {cell for cell, n in table.cells.items() if n < FLOOR}
    hidden = {cell for cell, n in sheet.values.items() if n is None}
    bounds = known(table, small, hidden)
    assert small <= hidden and {bounds[cell] for cell in small} <= {(0, FLOOR - 1)}


@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
def test_following_the_sums_never_rules_out_the_truth(rows: list[list[int]]) -> None:
    table = two_ways(rows)
    small = {cell for cell, n in table.cells.items() if n < FLOOR}
    hidden = {cell for cell, n in publish(table).values.items() if n is None}
    bounds = known(table, small, hidden)
    assert all(bounds[cell][0] <= n <= bounds[cell][1] for cell, n in table.cells.items())


@given(counts, counts)
def test_two_breakdowns_of_one_total_do_not_give_each_other_away(first: list[int], second: list[int]) -> None:
    short = sum(first) - sum(second)
    (first if short < 0 else second).append(abs(short))
    one, two = line(first), line(second, "q")
    table = Table({**one.cells, **two.cells}, (*one.sums, *two.sums))
    sheet = publish(table)
    small = {cell for cell, n in table.cells.items() if n < FLOOR}
    hidden = {cell for cell, n in sheet.values.items() if n is None}
    bounds = known(table, small, hidden)
    assert {bounds[cell] for cell in small} <= {(0, FLOOR - 1)}


@given(st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=40))
def test_forms_that_overlap_tell_no_small_number(cases: list[set[str]]) -> None:
    cells = {"all": len(cases)} | {form: sum(form in case for case in cases) for form in "abc"}
    table = Table(cells, (Sum("all", ("a", "b", "c"), exact=False),))
    sheet = publish(table)
    total = sheet.value("all")
    for cell in [form for form in "abc" if cells[form] < FLOOR]:
        others = [sheet.value(form) for form in "abc" if form != cell]
        least = 0 if total is None else max(0, total - sum(math.inf if n is None else n for n in others))
        assert least == 0 or any(n is None for n in others)


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([4, 30], [None, None]),
        ([5, 30], [5, 30]),
        ([0, 0, 0], [None, None, None]),
        ([2, 7, 30], [None, None, 30]),
        ([0, 5, 30], [None, None, None]),
        ([1, 2, 3, 20], [None, None, None, 20]),
    ],
)
def test_edges(parts: list[int], shown: list[int | None]) -> None:
    sheet = publish(line(parts))
    assert [sheet.value(f"p{place}") for place in range(len(parts))] == shown


def test_the_total_stays_where_a_second_cell_is_enough() -> None:
    assert [publish(line(parts)).value("all") for parts in ([2, 7, 30], [4, 4, 20], [4, 4])] == [39, 28, None]


def test_numbers_that_contradict_each_other_are_not_shown() -> None:
    table = Table({"all": 50, "a": 20, "b": 20}, (Sum("all", ("a", "b")),))
    assert set(publish(table).values.values()) == {None}


@pytest.mark.parametrize(("asked", "given"), [(1, 5), (5, 5), (10, 10)])
def test_settings_may_raise_the_floor_and_never_lower_it(asked: int, given: int, settings: Any) -> None:
    settings.SMALLEST_FIGURE = asked
    assert (smallest(), publish(line([given - 1, 90])).text("p0")) == (given, f"<{given}")


def test_a_share_is_told_only_of_numbers_that_are_shown() -> None:
    table = Table({"met": 30, "missed": 10, "few": 4})
    sheet = publish(table)
    assert [sheet.share("met", ["missed"]), sheet.share("met", ["few"]), sheet.share("few", ["met"])] == [
        "75%",
        "",
        "",
    ]


def test_all_small_tables_by_trying_every_one() -> None:
    """Every line of three cells up to seven: what is shown fits every choice of the small ones that is possible."""
    for parts in product(range(8), repeat=3):
        table = line(list(parts))
        sheet = publish(table)
        for cell in [cell for cell, n in table.cells.items() if n < FLOOR and cell != "all"]:
            assert possible(table, sheet, cell) == set(range(FLOOR)), parts
