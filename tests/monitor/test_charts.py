"""Drawings say what was published: a bar is as long as its number, a withheld year has no mark, words carry the same."""

from typing import Any

from monitor.board import IndicatorLine
from monitor.charts import of_line
from monitor.dictionary import dictionary


def line(code: str, *values: tuple[int, str | None], goal: Any = ()) -> IndicatorLine:
    return IndicatorLine(
        dictionary().indicators[code], {"values": [list(pair) for pair in values], "goal": goal}
    )


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = of_line(line("D8.04a", (2024, "100"), (2025, "50")))
    assert chart is not None
    assert chart.bars[0].height == 2 * chart.bars[1].height and not chart.runs


def test_a_withheld_year_breaks_the_line_and_leaves_no_mark() -> None:
    values = [(2021, "90"), (2022, "91"), (2023, None), (2024, "92"), (2025, "93")]
    chart = of_line(line("D1.02b", *values, goal=["90", None]))
    assert chart is not None
    assert (len(chart.dots), len(chart.runs), len(chart.goals)) == (4, 2, 1)
    assert (
        chart.text.startswith("2021：90，2022：91，2024：92，2025：93（%）")
        and "2023" in chart.text.split("；")[-1]
    )
    assert of_line(line("D1.02b", (2025, None))) is None
