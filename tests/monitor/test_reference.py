"""Every published or recomputed reference value comes out."""

from fractions import Fraction
from typing import Any

import pytest

from monitor import intervals, trends
from tests.monitor.reference import AIR, EDGES, INTERVALS, PACES, RISING

YEARS = [2021, 2022, 2023, 2024, 2025]


@pytest.mark.parametrize(("function", "args", "expected", "tolerance"), INTERVALS)
def test_an_interval_is_the_published_one(function: Any, args: Any, expected: Any, tolerance: float) -> None:
    assert function(*args) == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize(("args", "expected"), PACES)
def test_the_pace_is_the_published_one(args: Any, expected: Any) -> None:
    found = trends.pace(*args)
    assert (found.observed, found.needed) == pytest.approx(expected[:2], abs=1e-6)
    assert (found.ratio, found.linear) == pytest.approx(expected[2:4], abs=1e-4)
    assert found.status == expected[4]


@pytest.mark.parametrize("edge", EDGES)
def test_a_pace_that_means_nothing_is_a_word_and_no_number(edge: tuple[int, int, int]) -> None:
    found = trends.pace(*edge, 2021, 2024, 2030)
    assert (found.ratio, found.status in {"goal_at_base", "zero"}) == (None, True)


def test_pace_without_a_goal_has_the_thresholds_of_statistics_canada() -> None:
    words = [trends.pace_without_goal(growth) for growth in (0.015, 0.0149, 0.005, 0.0, -0.001)]
    assert words == [
        "on_track",
        "acceleration_needed",
        "acceleration_needed",
        "limited_progress",
        "deterioration",
    ]


def test_holt_gives_the_passengers_and_the_hand_recursion() -> None:
    air = trends.holt(AIR, 0.8302, 0.0001, 15.5715, 2.1017)
    assert [air.ahead(h, 1.0) for h in range(1, 6)] == pytest.approx(
        [74.6, 76.7, 78.81, 80.91, 83.01], abs=0.01
    )
    plain, damped = (trends.holt([10, 12, 13, 15], 0.5, 0.5, 10, 1, phi) for phi in (1.0, 0.8))
    assert [plain.ahead(h, 1.0) for h in (1, 2, 3)] == pytest.approx([15.7539, 17.0938, 18.4336], abs=5e-4)
    assert [damped.ahead(h) for h in (1, 2, 3)] == pytest.approx([15.0017, 15.7227, 16.2995], abs=5e-4)


def test_the_median_slope_and_the_rank_test_are_the_published_ones() -> None:
    exact = [Fraction(str(value)) for value in RISING]
    assert trends.theil_sen(YEARS, exact) == Fraction("0.5125")
    assert trends.theil_sen_interval(YEARS, RISING, 0.9) == pytest.approx((0.25, 0.8), abs=5e-4)
    assert trends.mann_kendall(RISING) == pytest.approx((8, 0.8, 0.08333), abs=1e-4)
    least = [trends.mann_kendall(list(range(n)))[2] for n in (4, 5, 6)]
    assert least == pytest.approx([0.083333, 0.016667, 0.002778], abs=1e-5)


def test_what_is_predicted_from_little_is_the_published_chance() -> None:
    assert intervals.betabinom_at_least(9, 12, 5, 4) == pytest.approx(0.5986, abs=5e-4)
    assert intervals.gamma_poisson_at_least([3, 5, 2], 9) == pytest.approx(0.0237, abs=5e-4)
    # 30,742 is 3.689/12e-5 with the limit rounded first
    assert intervals.needed_for_zero(12, 100_000) == pytest.approx(30742, abs=1.5)
