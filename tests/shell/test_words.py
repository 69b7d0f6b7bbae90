from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from config.templatetags.ui import cn, cnday
from workflow.when import Precision, When
from workflow.words import interval_of, interval_words, left_words, span_words

MOMENT = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


def say(thing: object) -> str:
    return interval_words(*interval_of(thing))


def test_a_moment_reads_in_local_time() -> None:
    assert cn(MOMENT) == "2026年3月5日 14:30"


def test_a_date_reads_without_an_hour() -> None:
    assert cn(date(2026, 3, 5)) == "2026年3月5日"


def test_a_late_evening_in_utc_is_the_next_day_here() -> None:
    assert cnday(datetime(2026, 3, 5, 20, 0, tzinfo=UTC)) == "2026年3月6日"


def test_nothing_reads_as_nothing() -> None:
    assert (cn(None), cnday(None)) == ("", "")


def test_english_readers_get_english_dates() -> None:
    with override("en"):
        assert cn(MOMENT) == "5 Mar 2026 14:30"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, "还剩 不到 1 分钟"),
        (59, "还剩 59 分"),
        (300, "还剩 5 小时"),
        (301, "还剩 5 小时 1 分"),
        (1440, "还剩 1 天"),
        (4575, "还剩 3 天 4 小时"),
        (-130, "已超 2 小时 10 分"),
        (-2880, "已超 2 天"),
    ],
)
def test_what_is_left_is_said_in_two_units_at_most(minutes: float, words: str) -> None:
    assert left_words(NOW + timedelta(minutes=minutes), NOW) == words


def test_what_is_left_is_never_overstated() -> None:
    assert span_words(timedelta(minutes=59, seconds=59)) == "59 分"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.instant(MOMENT), "2026年3月5日 14:30"),
        (When.day(date(2026, 3, 5)), "2026年3月5日（仅知日期）"),
        (When.month(2024, 10), "2024年10月（仅知月份）"),
        (When.year(2024), "2024年（仅知年份）"),
        (When.unknown(), "时间未记录"),
        (When.days(date(2026, 3, 5), date(2026, 3, 7)), "2026年3月5日 至 2026年3月7日 之间"),
        (When(MOMENT, MOMENT + timedelta(hours=2)), "2026年3月5日 14:30 至 16:30 之间"),
        (When(MOMENT, None), "不早于 2026年3月5日 14:30"),
        (When(None, MOMENT), "不晚于 2026年3月5日 14:30"),
    ],
)
def test_a_time_says_how_exactly_it_is_known(when: When, words: str) -> None:
    assert say(when) == words


def test_a_record_tells_its_own_interval() -> None:
    class Record:
        happened_from = happened_to = MOMENT
        precision = Precision.INSTANT

    assert say(Record()) == "2026年3月5日 14:30"
