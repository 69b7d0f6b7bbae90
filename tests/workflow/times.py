"""Words for times in tests: everything in Shanghai, days end at 24:00."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflow.counting import end_of
from workflow.holidays import calendar_of
from workflow.when import When

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = calendar_of()


def at(text: str) -> datetime:
    """ "2026-11-20 16:40" in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def night(text: str) -> datetime:
    """24:00 of that day."""
    return end_of(date.fromisoformat(text))


def day(text: str) -> When:
    return When.day(date.fromisoformat(text))


def instant(text: str) -> When:
    return When.instant(at(text))
