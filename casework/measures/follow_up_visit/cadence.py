"""How often she is visited: the house's own policy, by reason and danger level. Never law, and never shown as law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.codes import Danger
from casework.measures.follow_up_visit.codes import Basis
from workflow.rules import rule_data

LEVELS = (Danger.HIGH, Danger.MEDIUM, Danger.LOW)
# The last visit of an order has one date of its own: it is no round.
ROUNDS = (Basis.DANGER, Basis.ORDER, Basis.LETTER, Basis.SHELTER, Basis.CLOSING)
MOST_DAYS, MOST_ROUNDS = 365, 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`days` after the start, then every `every` days for as long as its reason lasts (None: then no more)."""

    days: tuple[int, ...]
    every: int | None = None

    def after(self, start: datetime, done: int, now: datetime) -> tuple[int, datetime] | None:
        """(number, due) of the first round after number `done` that is still to come; None: the plan is over."""
        for number, days in enumerate(self.days, 1):
            due = start + timedelta(days=days)
            if number > done and due > now:
                return number, due
        if self.every is None:
            return None
        last = start + timedelta(days=self.days[-1] if self.days else 0)
        step = timedelta(days=self.every)
        number = max(1, (now - last) // step + 1, done + 1 - len(self.days))
        return len(self.days) + number, last + number * step


def level_of(danger: str) -> str:
    """What is not known is not low: it is planned for like medium."""
    return danger if danger in LEVELS else Danger.MEDIUM


def house_rhythm(basis: str, danger: str) -> Rhythm:
    """The rhythm this product comes with, from the policy column of the clocks."""
    level = level_of(danger)
    if basis == Basis.ORDER:
        policy = rule_data("ppo_wf_periodic_visit").policy
        every = policy["high_every_days"] if level == Danger.HIGH else policy["every_days"]
        return Rhythm((int(policy["first_days"]),), int(every))
    clock = "wf_post_close_follow_up" if basis == Basis.CLOSING else "wf_planned_visit"
    return Rhythm(tuple(rule_data(clock).policy["by_danger"][level]))


def read_days(text: str) -> tuple[int, ...]:
    """ "1, 3，7" as numbers; ValueError if it is no rising row of days within a year."""
    parts = [part for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    days = tuple(int(part) for part in parts)
    if not days or len(days) > MOST_ROUNDS or list(days) != sorted(set(days)):
        raise ValueError(text)
    if days[0] < 1 or days[-1] > MOST_DAYS:
        raise ValueError(text)
    return days


def write_days(days: Sequence[int]) -> str:
    return ", ".join(str(day) for day in days)
