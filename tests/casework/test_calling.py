"""A call outside her safe hours is refused, and the next safe time is named."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casework.calling import may_call
from casework.models import SafeContact

ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = {"days": [0, 1, 2, 3, 4], "from": "09:00", "to": "11:00"}
NIGHT = {"days": [4], "from": "22:00", "to": "01:00"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026: the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("fields", "when", "answer"),
    [
        ({"hours": [WEEKDAYS]}, at(2, 9), (True, None)),
        ({"hours": [WEEKDAYS]}, at(2, 11), (False, at(3, 9))),
        ({"hours": [WEEKDAYS]}, at(2, 8, 59), (False, at(2, 9))),
        ({"hours": [WEEKDAYS]}, at(6, 12), (False, at(9, 9))),
        ({"hours": [NIGHT]}, at(7, 0, 30), (True, None)),
        ({"hours": [NIGHT]}, at(7, 1), (False, at(13, 22))),
        ({"hours": []}, at(2, 3), (True, None)),
        ({"hours": [WEEKDAYS], "never_call": True}, at(2, 9), (False, None)),
    ],
)
def test_safe_hours(fields: dict[str, Any], when: datetime, answer: tuple[bool, datetime | None]) -> None:
    allowed, _why, following = may_call(SafeContact(**fields), when)
    assert (allowed, following) == answer


def test_without_a_profile_nothing_forbids_the_call() -> None:
    assert may_call(None, at(2, 3))[0] is True
