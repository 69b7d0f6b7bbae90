"""What the monthly records and the answers to referrals add: rates, how full the shelter was, and sums of money."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.measures.registers.models import MonthRecord
from casework.measures.registers.services import change_entry
from indicators.casework import indicators
from indicators.derived import absent
from indicators.menu import Span
from indicators.models import Release
from indicators.sums import amounts, told_sum
from tests.indicators.lives import NOON, a_step, steps
from tests.indicators.test_releases import AFTER, released
from tests.people import a_caseworker, another_federation, federation
from tests.registers.entries import a_month

NEW = ("CW.15 occupancy", "CW.17 amount", "CW.28 answered", "CW.28 satisfied")
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@settings(max_examples=60, deadline=timedelta(seconds=1))
@given(st.lists(st.integers(1, 20) | st.integers(1, 20_000), max_size=12))
def test_from_a_sum_that_is_told_nobody_who_got_a_part_learns_anothers_within_a_tenth(
    parts: list[int],
) -> None:
    """Whoever knows the own part and the sum knows at most how much the others got together."""
    total, known = sum(parts), told_sum(parts)
    largest = sorted(parts, reverse=True)[:2]
    close = [
        (own, other)
        for own, mine in enumerate(parts)
        for other, n in enumerate(parts)
        if own != other and 10 * (total - mine - n) < n
    ]
    may = len(parts) >= 5 and not close and 10 * sum(largest) <= 9 * total
    assert known == (total if may else None)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([60, 30, 5, 3, 2], 100), ([61, 30, 4, 3, 2], None), ([50, 20, 20, 10], None), ([20] * 5, 100),
        ([1000, 1, 1, 1, 1, 1], None), ([1, 1, 1, 1, 1000, 120], None), ([], None),
    ],
)  # fmt: skip
def test_the_edges_of_the_rules_of_dominance(parts: list[int], told: int | None) -> None:
    assert told_sum(parts) == told


def relief(n: int, amount: int | None, **fields: object) -> None:
    steps(n, "referral", "finish", service="livelihood", outcome="helped", amount=amount, **fields)


@pytest.mark.django_db
def test_a_case_counts_once_with_all_it_got_and_only_help_that_was_given_counts() -> None:
    first = a_step("referral", "finish", service="livelihood", outcome="helped", amount=300)
    relief(1, 200, subject=first.subject_id)
    relief(1, None)
    relief(1, 700, home=another_federation())
    steps(1, "referral", "finish", service="livelihood", outcome="none", amount=900)
    relief(1, 50, at=NOON.replace(year=2025))
    assert amounts("relief_given", [federation().pk], *YEAR) == [500]


def told(release: Release) -> dict[str, tuple[str, str | None]]:
    found = {f"{row['id']} {row['part']}": (row["state"], row["value"]) for row in release.indicators}
    return {key: found[key] for key in NEW}


def a_year_of_months() -> None:
    worker = a_caseworker()
    for month in range(1, 13):
        a_month(worker, f"2026-{month:02}-01", days=28)


@pytest.mark.django_db
def test_a_release_tells_them_by_its_rules_and_a_sum_stands_as_it_was_first_told() -> None:
    a_year_of_months()
    steps(12, "shelter_stay", "leave", shelter_days=20)
    steps(10, "referral", "finish", service="medical", outcome="helped")
    relief(6, 500)
    first = released()
    assert told(first) == {
        "CW.15 occupancy": ("number", "11.9"), "CW.17 amount": ("number", "3000"), "CW.28 answered": ("number", "90.0"),
        "CW.28 satisfied": ("number", "90.0"),
    }  # fmt: skip
    relief(6, 9000)
    steps(6, "shelter_stay", "leave", shelter_days=1)
    second = released()
    changed = [second.cells[f"{key}|2026||"] for key in ("relief_given", "shelter_left")]
    assert (changed, told(second)["CW.17 amount"], told(second)["CW.15 occupancy"]) == (
        [12, 18], ("number", "3000"), ("number", "11.9"),
    )  # fmt: skip


@pytest.mark.django_db
def test_what_one_case_makes_up_or_a_month_lacks_is_not_told() -> None:
    a_year_of_months()
    steps(11, "shelter_stay", "leave", shelter_days=1)
    steps(1, "shelter_stay", "leave", shelter_days=400)
    steps(10, "referral", "finish", service="medical", outcome="helped")
    relief(5, 100)
    relief(1, 20_000)
    worker = a_caseworker()
    for line in MonthRecord.objects.filter(month__month__in=(4, 5)):
        change_entry(line, actor=worker, rev=line.rev, answered=37, satisfied=20)
    first = released()
    assert [told(first)[key] for key in NEW[:2]] == [("withheld", None)] * 2
    assert first.cells["callers_satisfied|2026||"] == 220
    april = MonthRecord.objects.get(month="2026-04-01")
    change_entry(april, actor=worker, rev=april.rev, incoming=None, answered=None)
    gaps = absent([federation().pk], Span.of(2026, AFTER))
    assert gaps == {"CW.28.answered"}
    assert not [part for one in indicators() for part in one.parts if part.awaits]
