"""Verdicts: exact at the threshold, of every kind of rule, silent about what is too small, mirrored and without units."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from monitor import verdict
from monitor.dictionary import RULES, Indicator, Rule, dictionary
from monitor.forecast import forecast
from monitor.goals import Decided
from monitor.series import Goal, Point, comparable, count, plain, share
from monitor.trends import pace
from monitor.verdict import Verdict, attainment, is_hidden, judge, of_target, told
from monitor.volatility import swing
from monitor.words import REASONS

YEARS = (2021, 2022, 2023, 2024, 2025)
SOME = Decided(tolerance=Fraction(2), bound=Fraction(20), baseline=Fraction(36), baseline_year=2020)


def ind(code: str) -> Indicator:
    return dictionary().indicators[code]


def shares(*xs: int, n: int = 400, factor: int = 100) -> list[Point]:
    return [share(year, x, n, factor) for year, x in zip(YEARS, xs, strict=False)]


def values(*found: str) -> list[Point]:
    return [plain(year, value) for year, value in zip(YEARS, found, strict=False)]


@pytest.mark.parametrize(
    ("code", "point", "met"),
    [
        ("D2.05a", plain(2025, "95"), True),  # 以上 includes the number
        ("D2.05a", plain(2025, "94.9999999999"), False),
        ("D1.02a", plain(2025, "12"), True),
        ("D1.02a", plain(2025, Fraction(1_200_001, 100_000)), False),
        ("D4.04a", share(2025, 10, 30), True),  # a third is a third, not 33.3
        ("D4.04a", plain(2025, "33.33"), False),
        ("D4.05b", count(2025, 0), False),
        ("D4.05b", count(2025, 1), True),
        ("D3.02a", plain(2025, "47"), True),
        ("D3.02a", plain(2025, "47.01"), False),
        ("D3.04a", plain(2025, "60"), True),  # above about 40 is no failure
    ],
)
def test_the_number_itself_belongs_to_the_right_side(code: str, point: Point, met: bool) -> None:
    assert judge(ind(code), [point]).met is met


@pytest.mark.parametrize("code", [one.code for one in dictionary().indicators.values()])
def test_every_indicator_of_the_plan_can_be_evaluated(code: str) -> None:
    one = ind(code)
    if one.measure == "share":
        points = shares(300, 310, 320, 330, 340, factor=one.factor)
    else:
        points = [count(y, x) for y, x in zip(YEARS, (300, 310, 320, 330, 340), strict=True)]
    if one.measure not in ("share", "count"):
        points = values("30", "31", "32", "33", "34")
    found = judge(one, points, decided=SOME, others={2025: Fraction(30)}, parts=[Fraction(3), Fraction(4)])
    assert (found.met is None) is (one.rule.kind == "context") and found.reasons


def test_rules_of_every_kind_know_right_from_wrong() -> None:
    def met(kind: str, points: Sequence[Point], **more: Any) -> bool | None:
        rule = Rule(kind, Fraction(40) if kind in ("ge", "le", "gt", "approx") else None)
        one = replace(ind("D2.09b"), rule=rule)
        return judge(one, points, decided=SOME, **more).met

    up, down = values("41", "42", "43", "44", "50"), values("39", "38", "37", "36", "10")
    others = {"others": {2025: Fraction(49)}}
    cases = {
        "ge": (up, down), "gt": (up, down), "le": (down, up), "approx": (values("41"), values("43")),
        "trend_up": (up, down), "trend_down": (down, up), "gap_down": (down, up), "not_up": (down, up),
        "growth_slows": (values("40", "42", "44", "45", "46"), values("40", "41", "42", "44", "48")),
        "gap_zero": (values("2"), values("2.1")), "eliminated": (down[-1:], up), "reasonable": (up, down[-1:]),
        "ge_indicator": (up, down), "approx_indicator": (up, down),
    }  # fmt: skip
    assert cases.keys() | {"context"} == RULES
    for kind, (right, wrong) in cases.items():
        more = others if kind.endswith("indicator") else {}
        assert (kind, met(kind, right, **more), met(kind, wrong, **more)) == (kind, True, False)


def test_what_nobody_decided_stays_open() -> None:
    reasons = {
        "D2.04b": ("no_tolerance",), "D4.06c": ("no_bound",), "D4.02b": ("no_comparison",), "D1.03b": ("no_parts",),
    }  # fmt: skip
    assert {code: judge(ind(code), values("30")).reasons for code in reasons} == reasons
    assert judge(ind("D2.09a"), values("0.2")).reasons == ("no_bound",)  # how few are as good as none?
    assert judge(ind("D2.09a"), values("0")).met is True
    assert judge(ind("D2.05a"), []).reasons == ("no_value",)


def test_every_town_and_every_institution_counts() -> None:
    one = ind("D4.05a")
    found = [judge(one, [], parts=[Fraction(n) for n in parts]) for parts in ((1, 2, 1), (1, 0, 5))]
    assert [verdict.met for verdict in found] == [True, False]


def test_levels_follow_the_chance_and_a_soft_target_only_warns() -> None:
    one = ind("D1.04b")  # at least 70%
    rising, flat, falling = (
        shares(240, 250, 260, 268, 276),
        shares(270, 274, 272, 275, 273),
        shares(270, 255, 240, 225, 210),
    )
    assert (judge(one, rising).status, judge(one, rising).level) == ("expected", "")
    assert (judge(one, flat).status, judge(one, flat).level) == ("hard", "orange")
    assert (judge(one, falling).status, judge(one, falling).level) == ("hard", "red")
    soft = replace(one, rule=replace(one.rule, soft=True))
    assert (judge(soft, falling).status, judge(soft, falling).level) == ("expected", "yellow")


def test_a_count_that_has_no_good_side_is_never_hard_to_reach() -> None:
    found = judge(ind("D3.02p"), [count(y, x) for y, x in zip(YEARS, (12, 9, 15, 30, 40), strict=True)])
    assert (found.status, found.level, found.met) == ("not_measurable", "", None)


def test_maternal_deaths_are_not_guessed_and_not_given_away() -> None:
    one = ind("D1.02a")
    none, death = [shares(0, 0, 0, 0, last, factor=100_000) for last in (0, 1)]
    assert (judge(one, none).met, judge(one, death).met) == (True, False)
    assert told(one, none) == told(one, death) == Verdict("not_measurable", reasons=("small_count",))


def test_a_rate_of_few_people_without_its_counts_is_not_told() -> None:
    one = ind("D1.02a")
    assert told(one, [plain(2025, "250")]).reasons == ("small_count",) and is_hidden(one, plain(2025, "250"))
    assert not is_hidden(ind("D1.04b"), plain(2025, "70"))
    assert [is_hidden(ind("D8.05p"), count(2025, x)) for x in (9, 10)] == [True, False]  # sexual violence
    assert [is_hidden(ind("D8.10p"), count(2025, x)) for x in (4, 5)] == [True, False]


def test_a_verdict_that_no_hidden_count_would_change_is_told_without_numbers() -> None:
    one = ind("D1.06a")  # at least 98% of some hundred mothers
    whole, nearly = shares(*[400] * 5), shares(*[400] * 4, 396)
    assert told(one, whole) == told(one, nearly)
    assert (told(one, whole).met, told(one, whole).forecast) == (True, None)


def test_below_ten_nothing_is_forecast_and_it_says_so() -> None:
    found = judge(ind("D1.06d"), shares(3, 2, 4, 3, 2, n=4))
    assert (found.forecast, "tiny" in found.reasons) == (None, True)


def test_two_points_say_nothing_and_three_only_with_many_behind_them() -> None:
    def ahead(*xs: int, n: int) -> Any:
        return forecast("share", shares(*xs, n=n), Goal(low=Fraction(70)), 2030, 100)

    assert ahead(30, 31, n=1000) is None and ahead(30, 31, 33, n=299) is None
    assert ahead(200, 210, 230, n=300).uncertain and not ahead(200, 210, 230, 240, 250, n=300).uncertain


def test_turning_a_share_round_mirrors_everything() -> None:
    high, low = shares(240, 255, 250, 270, 281), shares(160, 145, 150, 130, 119)
    up = forecast("share", high, Goal(low=Fraction(75)), 2030, 100)
    down = forecast("share", low, Goal(high=Fraction(25)), 2030, 100)
    assert up is not None and down is not None
    assert (up.reach, up.middle, up.low) == pytest.approx((down.reach, 100 - down.middle, 100 - down.high))
    assert swing("share", high) == swing("share", low)


def test_no_verdict_depends_on_the_unit_or_on_the_order_of_the_rows() -> None:
    one = ind("D1.04b")
    in_mille = replace(one, unit="per_mille", rule=replace(one.rule, value=Fraction(700)))
    points, mille = shares(240, 255, 250, 270, 281), shares(240, 255, 250, 270, 281, factor=1000)
    assert judge(one, points).outcome == judge(in_mille, mille).outcome == judge(one, points[::-1]).outcome


def test_a_year_as_expected_lowers_no_confidence() -> None:
    points = shares(2400, 2480, 2560, 2640, 2720, n=4000)
    before = forecast("share", points, None, 2030, 100)
    expected = forecast("share", points, None, 2026, 100)
    assert before is not None and expected is not None
    after = forecast("share", [*points, share(2026, round(expected.middle * 40), 4000)], None, 2030, 100)
    assert after is not None and after.high - after.low <= before.high - before.low


def test_more_is_never_judged_worse_where_more_is_better() -> None:
    one = ind("D1.04b")
    met = [bool(judge(one, shares(240, 255, 250, 270, x)).met) for x in range(270, 292)]
    assert met == sorted(met) and met.index(True) == 280 - 270


def test_a_new_definition_cuts_the_series() -> None:
    assert [p.year for p in comparable(shares(1, 2, 3, 4, 5), (2023, 2027))] == [2023, 2024, 2025]


def test_chance_alone_is_never_called_volatile() -> None:
    calm, wild = [4, 2, 5, 3, 1], [12, 9, 15, 30, 11]

    def of(xs: list[int]) -> tuple[str, str]:
        found = swing("count", [count(y, x) for y, x in zip(YEARS, xs, strict=False)])
        return found.level, found.why

    assert of(calm) == ("", "noise")  # its coefficient of variation is 53%
    assert of(wild)[0] == "notice"
    assert of(wild[:3]) == ("", "too_few") and of([0, 1, 0, 1, 1]) == ("", "few_events")
    assert of([100, 102, 99, 101, 160]) == ("alarm", "jump")


def test_attainment_leaves_out_what_cannot_be_measured() -> None:
    met, unmet, unknown = Verdict("reached", True), Verdict("hard", False), Verdict("not_measurable")
    assert attainment([met] * 44 + [unmet] * 10 + [unknown] * 21) == (44, 54)
    assert (round(44 / 54, 3), round(35 / 36, 4)) == (0.815, 0.9722)  # the published rates
    target = dictionary().targets["D1.T2"]
    assert of_target(target, {"D1.02a": unknown, "D1.02b": unmet}) == "hard"
    assert of_target(target, {"D1.02a": unknown, "D1.02b": met}) == "partly"
    assert of_target(target, {"D1.02a": met, "D1.02b": met}) == "reached"
    assert of_target(dictionary().targets["D8.T4"], {"D8.04p": met}) == "not_measurable"


def test_a_share_at_half_time_and_half_way_is_on_its_linear_path() -> None:
    assert pace(20, 16, 12, 2020, 2025, 2030).linear == pytest.approx(1)


def test_every_reason_has_words() -> None:
    code = "".join(
        (Path(verdict.__file__).parent / name).read_text("utf-8") for name in ("verdict.py", "goals.py")
    )
    given = {
        word
        for word in re.findall(r'"([a-z_]+)"', code)
        if word in REASONS or word.startswith(("no_", "too_"))
    }
    assert given <= REASONS.keys() and len(given) > 20
