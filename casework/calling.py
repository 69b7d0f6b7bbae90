"""May she be called now? A number that is dialled at the wrong hour can cost more than a late call."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import SafeContact

LOOK_AHEAD = 8  # days: every weekday once, and today again


def may_call(profile: SafeContact | None, at: datetime) -> tuple[bool, str | Promise, datetime | None]:
    """(allowed, why in words, start of the next safe slot). Without a profile nothing is known that forbids it."""
    if profile is None:
        return True, _("No safe contact has been agreed yet: ask first whether she can speak."), None
    if profile.never_call:
        return False, _("Never call this number. She gets in touch herself."), None
    if not profile.hours:
        return True, _("No safe hours have been agreed yet: ask first whether she can speak."), None
    local = timezone.localtime(at)
    if any(start <= local < end for start, end in _slots(profile, local)):
        return True, _("Within her safe hours."), None
    following = min((start for start, _end in _slots(profile, local) if start > local), default=None)
    return False, _("Outside her safe hours. Do not call now."), following


def _slots(profile: SafeContact, local: datetime) -> list[tuple[datetime, datetime]]:
    """The safe slots that touch the coming days, in local time."""
    found = []
    for offset in range(-1, LOOK_AHEAD):
        day = local + timedelta(days=offset)
        for row in profile.hours:
            if day.weekday() in row["days"]:
                start, end = _at(day, row["from"]), _at(day, row["to"])
                found.append((start, end if end > start else end + timedelta(days=1)))
    return found


def _at(day: datetime, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
