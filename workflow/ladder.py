"""Who is told when: the rungs of a deadline, counted from its rule. House policy, never law."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from workflow.counting import DAY, HOUR, MOMENT, local_day
from workflow.deadlines import Level
from workflow.rules import ClockData

MORNING = time(9)
LONGEST_LEAD = 14 * DAY


@dataclass(frozen=True, slots=True)
class Rung:
    at: datetime
    level: Level
    after_end: bool = False


def rungs(rule: ClockData, start: datetime, warn_from: datetime, end: datetime) -> list[Rung]:
    """All rungs in the order of time. Their number depends on the rule alone: suspension never renumbers."""
    days = rule.policy.get("remind_days_before", ())
    before = [Rung(_morning(end - number * DAY), Level.REMINDER) for number in days]
    if rule.nature != "minimum":
        before.append(Rung(_due_soon(rule, start, warn_from), Level.DUE))
    return sorted(before, key=lambda rung: rung.at) + _after(rule, end)


def _due_soon(rule: ClockData, start: datetime, warn_from: datetime) -> datetime:
    """A third of the way before for hours, a fifth for days; an order's end has its own alarm day (T6)."""
    if rule.nature == "lapse" or rule.standard == "before_lapse":
        return warn_from
    length = warn_from - start
    if rule.calendar == "hours":
        return warn_from - length / 3
    return _morning(warn_from - min(max(length / 5, DAY), LONGEST_LEAD))


def _after(rule: ClockData, end: datetime) -> list[Rung]:
    over = end + MOMENT
    if rule.nature != "limit":
        return [Rung(over, Level.RAN_OUT, after_end=True)]
    found = [Rung(over, Level.OVERDUE_OWNER, after_end=True)]
    for level, key in ((Level.OVERDUE_LEAD, "lead"), (Level.OVERDUE_SUPERIOR, "superior")):
        grace = rule.escalation.get(key)
        if grace is not None:
            found.append(Rung(over + grace * HOUR, level, after_end=True))
    return found


def _morning(at: datetime) -> datetime:
    return datetime.combine(local_day(at), MORNING, timezone.get_default_timezone())


def rungs_behind(ladder: list[Rung], start: datetime) -> int:
    """How many rungs lie before the clock even began; they are never climbed."""
    return sum(rung.at <= start and not rung.after_end for rung in ladder)


def wake_at(ladder: list[Rung], level: int) -> datetime | None:
    return ladder[level].at if level < len(ladder) else None
