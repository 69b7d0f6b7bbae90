"""Each minute: wake the deadlines whose time has come, tell who must know, make the moves that a clock makes.

A row is won by compare-and-swap, so two sweeps at once tell nobody twice; a row that fails is noted and left.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from agencies.actor import SYSTEM
from agencies.kinds import Role
from workflow.deadlines import Alert, Deadline, DeadlineState, Level
from workflow.engine import NotNow, perform
from workflow.ladder import Rung, rungs, wake_at
from workflow.registry import life
from workflow.rules import ClockData
from workflow.when import When

log = logging.getLogger(__name__)
RETRY = timedelta(minutes=15)
RUNNING = (DeadlineState.OPEN, DeadlineState.MISSED)
Outcome = Literal["woken", "lost", "failed"]
Recipient = tuple[UUID, UUID | None, str]


@dataclass(frozen=True, slots=True)
class SweepCounts:
    """woken: rows handled. lost: another sweep or a move was first. failed: noted on the row, tried again."""

    woken: int = 0
    lost: int = 0
    failed: int = 0


def sweep(now: datetime, batch: int = 500) -> SweepCounts:
    counts: Counter[Outcome] = Counter(_try(row, now) for row in _due(now, batch))
    return SweepCounts(counts["woken"], counts["lost"], counts["failed"])


def _due(now: datetime, batch: int) -> Iterator[Deadline]:
    rows = Deadline.objects.filter(next_wake_at__lte=now, state__in=RUNNING)
    rows = rows.select_related("rule", "home_agency").order_by("next_wake_at", "id")
    page = list(rows[:batch])
    while page:
        yield from page
        last = page[-1]
        after = Q(next_wake_at__gt=last.next_wake_at) | Q(next_wake_at=last.next_wake_at, id__gt=last.pk)
        page = list(rows.filter(after)[:batch])


def _try(row: Deadline, now: datetime) -> Outcome:
    try:
        return "woken" if _wake(row, now) else "lost"
    except Exception as error:
        # The kind of the error only: its text could hold what must not stand in a log.
        kind = type(error).__name__
        log.error("deadline %s could not be swept: %s", row.pk, kind)
        _mine(row).update(fault=kind[:80], next_wake_at=now + RETRY)
        return "failed"


def _wake(row: Deadline, now: datetime) -> bool:
    rule, due = row.facts, row.due_at
    start = row.started_from or row.started_to
    if due is None or start is None or row.warn_from is None:
        raise ValueError("a deadline without an end has a wake-up time")
    ladder = rungs(rule, start, row.warn_from, due)
    reached = sum(rung.at <= now for rung in ladder)
    changes: dict[str, Any] = {"level": reached, "next_wake_at": wake_at(ladder, reached), "fault": ""}
    climbed = list(enumerate(ladder))[row.level : reached]
    is_over = any(rung.after_end for _number, rung in climbed)
    if is_over and rule.nature == "limit":
        changes["state"] = DeadlineState.MISSED
    elif is_over:
        changes |= {"state": DeadlineState.LAPSED, "closed_at": now, "next_wake_at": None}
    told = [(number, rung) for number, rung in climbed if rung.after_end] or climbed[-1:]
    move = life(row.flow).flow.fires.get(row.clock) if is_over else None
    with transaction.atomic():
        if move:
            _lock_object(row)
        if not _mine(row).update(**changes):
            return False
        _tell(row, told, now)
        if move:
            _fire(row, rule, move, due, now)
    return True


def _mine(row: Deadline) -> Any:
    """The row as it was seen; empty when somebody else was first."""
    return Deadline.objects.filter(pk=row.pk, level=row.level, next_wake_at=row.next_wake_at, state=row.state)


def _lock_object(row: Deadline) -> None:
    """First the object, then its deadline: the order of every move, so that the two cannot deadlock."""
    life(row.flow).objects.select_for_update(of=("self",)).filter(pk=row.obj_id).first()


def _fire(row: Deadline, rule: ClockData, move: str, due: datetime, now: datetime) -> None:
    """The move a clock makes by itself, as of the moment it ran out; nothing if the life has gone on."""
    obj = life(row.flow).objects.get(pk=row.obj_id)
    at = When.instant(due if rule.nature == "lapse" else now)
    try:
        perform(obj, move, actor=SYSTEM, at=at, key=f"clock:{row.pk}", now=now)
    except NotNow:
        log.info("deadline %s ran out after its life had gone on", row.pk)


def _tell(row: Deadline, told: list[tuple[int, Rung]], now: datetime) -> None:
    alerts = [
        Alert(
            deadline=row,
            level=rung.level,
            rung=number,
            agency_id=agency,
            user_id=user,
            role=role,
            created_at=now,
        )
        for number, rung in told
        for agency, user, role in _recipients(row, rung.level)
    ]
    Alert.objects.bulk_create(alerts, ignore_conflicts=True)


def _recipients(row: Deadline, level: Level) -> list[Recipient]:
    """The body that owes it and the keeper here; then the duty leader; then the federation above."""
    home = row.home_agency
    outside = row.owner_agency_id if row.owner_agency_id != row.home_agency_id else None
    found: list[Recipient] = []
    if outside and level not in (Level.OVERDUE_LEAD, Level.OVERDUE_SUPERIOR, Level.RAN_OUT):
        found.append((outside, None, Role.LIAISON))
    if home and level == Level.OVERDUE_SUPERIOR:
        found += [(home.escalates_to_id, None, Role.LEAD)] if home.escalates_to_id else []
    elif home and (level == Level.OVERDUE_LEAD or row.keeper_id is None):
        found.append((home.pk, None, Role.LEAD))
    elif home and not (outside and level == Level.REMINDER):
        found.append((home.pk, row.keeper_id, ""))
    return found
