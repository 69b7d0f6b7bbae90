"""Rates of few people: five and ten years together with exact intervals, and no count given away by a span beside its years."""

from itertools import product
from random import Random
from typing import Any

import pytest
from django.test import Client

from monitor.dictionary import dictionary
from monitor.pooled import exact, published, rate_of
from monitor.series import Point, share
from monitor.verdict import judge
from tests.monitor.rounds import bureau, collecting, health, office, past
from tests.people import a_supervisor, signed_in

DEATHS = dictionary().indicators["D1.02a"]
TREATED = dictionary().indicators["D1.04d"]


def years(*xs: int, n: int = 400, first: int = 2021) -> list[Point]:
    return [share(first + place, x, n, DEATHS.factor) for place, x in enumerate(xs)]


def test_the_interval_of_one_year_of_four_hundred_births_says_that_it_says_nothing() -> None:
    assert [round(v) for v in rate_of(DEATHS, years(0))[3:]] == [0, 922]
    assert [round(v) for v in rate_of(DEATHS, years(1))[2:]] == [250, 6, 1393]
    x, n, rate, low, high = rate_of(DEATHS, years(*[1] * 10, first=2016))
    assert (x, n, rate, round(low, 1), round(high, 1)) == (10, 4000, 250, 119.9, 459.8)


def test_no_trend_chance_or_alarm_is_read_from_single_events() -> None:
    series: list[tuple[int, ...]] = [(0, 0, 0, 0, 2), (2, 1, 0, 0, 0), (0, 3, 0, 0, 0)]
    for deaths in series:
        found = judge(DEATHS, years(*deaths))
        assert (found.forecast, found.level, found.swing) == (None, "", "")
        assert (found.met, found.reasons[-1]) == (deaths[-1] == 0, "tiny_events")


def test_whole_spans_are_shown_and_ten_years_only_beside_two_shown_fives() -> None:
    six = published(DEATHS, years(6, 7, 5, 6, 9))
    assert six == [{"from": 2021, "to": 2025, "rate": ["1650.0", "1135.8", "2317.2"]}]
    assert published(DEATHS, years(0, 1, 0, 0, 0)) == [{"from": 2021, "to": 2025, "rate": None}]
    assert published(DEATHS, years(6, 7, 5, 6, first=2022)) == []  # no span that slides
    ten = published(DEATHS, years(6, 7, 5, 6, 9, 0, 1, 0, 0, 0))
    assert [(one["from"], one["to"], one["rate"] is None) for one in ten] == [
        (2021, 2025, False), (2026, 2030, True), (2021, 2030, True),
    ]  # fmt: skip
    assert exact(DEATHS, years(0, 1, 0, 0, 0)) == {
        "from": 2021, "to": 2025, "x": 1, "n": 2000, "rate": "50.0", "low": "1.3", "high": "278.6",
    }  # fmt: skip
    assert published(dictionary().indicators["D1.02b"], years(9, 9, 9, 9, 9)) == []  # not of few people


@pytest.mark.attack("T99")
def test_no_year_is_narrowed_by_its_span(tried: Any) -> None:
    """Everything a reader has: the years shown, the span; each hidden year must still be any number from 0 to 4."""
    random, found, told = Random(5), [], 0
    for _trial in range(1500):
        xs = [random.choice([0, 1, 2, 3, 4, 4, 6, 9, 14]) for _year in range(5)]
        (span,) = published(DEATHS, years(*xs))
        if span["rate"] is None:
            continue
        told += 1
        total = round(float(span["rate"][0]) * 2000 / DEATHS.factor)
        seen = sum(x for x in xs if x >= 5)
        ways = [way for way in product(range(5), repeat=sum(x < 5 for x in xs)) if sum(way) + seen == total]
        if any({way[place] for way in ways} != set(range(5)) for place in range(len(ways[0]))):
            found.append(xs)
    assert told > 100
    tried(request="span − years shown, 1500 made-up series", actor="anybody", expected=[], got=found)


@pytest.mark.django_db
def test_only_bureau_and_reporting_unit_see_the_exact_span() -> None:
    past("D1.02a", 0, 1, 0, 2)
    collecting()
    pages = {}
    for name, actor in {
        "bureau": bureau(),
        "unit": health(),
        "office": office(),
        "supervisor": a_supervisor(),
    }.items():
        page = signed_in(Client(), actor).get("/plan/targets/D1.T2/").content.decode()
        pages[name] = "1600 中 3" in page
    assert pages == {"bureau": True, "unit": True, "office": False, "supervisor": False}
