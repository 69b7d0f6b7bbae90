"""Times as texts write them, made no more exact than they are."""

from datetime import timedelta

import pytest

from scenarios.times import BadTime, anchor, bound, parse
from workflow.when import When


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-10", "2024-10-01", "2024-10-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        (2021, "2021-01-01", "2021-12-31"),
        ("2023-09-end", "2023-09-21", "2023-09-30"),
        ("2023-10-early", "2023-10-01", "2023-10-10"),
        ("2018/2022", "2018-01-01", "2022-12-31"),
        ("2016-03-07/2016-03-09", "2016-03-07", "2016-03-09"),
        ("2020-spring", "2020-03-01", "2020-05-31"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2016-03-09 (inferred)", "2016-03-09", "2016-03-09"),
    ],
)
def test_a_time_spans_what_the_text_allows(text: object, first: str, last: str) -> None:
    found = parse(text)
    assert found.earliest and found.latest
    assert (found.earliest.date().isoformat(), found.latest.date().isoformat()) == (first, last)


@pytest.mark.parametrize("text", [None, "", "--02-23"])
def test_a_time_without_a_year_is_not_known(text: object) -> None:
    assert (parse(text).earliest, parse(text).latest) == (None, None)


def test_twenty_minutes_after_receipt_are_twenty_minutes() -> None:
    month, later = anchor([parse("2024-10"), parse("T+20min")], 0)
    assert (month.offsets, later.offsets) == ((timedelta(0),) * 2, (timedelta(minutes=20),) * 2)


def test_an_undated_entry_lies_between_its_neighbours() -> None:
    found = bound([parse("2024-03-01"), When.unknown(), parse("2024-03-09")])[1]
    assert found.earliest and found.latest
    assert (found.earliest.day, found.latest.day) == (1, 9)


def test_nonsense_is_refused() -> None:
    with pytest.raises(BadTime):
        parse("the day after tomorrow")
