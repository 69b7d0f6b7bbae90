"""Clocks of a life: started and stopped by its moves, suspended with a reason. Below the engine."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agencies.actor import Actor
from agencies.who import caseworker
from workflow.counting import Span, by_offsets, compare, in_force, local_day, reckon, resumed, rolled
from workflow.deadlines import ClockRule, Deadline, DeadlineState, SuspendReason, Suspension
from workflow.errors import NotVisible
from workflow.holidays import calendar_of
from workflow.ladder import rungs, rungs_behind, wake_at
from workflow.rules import ClockData
from workflow.table import Workflow
from workflow.when import When

Until = date | datetime | None
OUTCOMES = {"met": DeadlineState.MET, "breached": DeadlineState.MISSED, "unknown": DeadlineState.UNKNOWN}


class NotRunning(Exception):
    """Only a running clock can be suspended, only a suspended one resumed."""


class Timed(Protocol):
    """What a clock must know of its object. `facts` may name `danger` and the `region` it happened in."""

    @property
    def pk(self) -> Any: ...
    @property
    def flow(self) -> Workflow: ...
    @property
    def subject_id(self) -> UUID: ...
    @property
    def home_id(self) -> UUID | None: ...
    def facts(self) -> dict[str, Any]: ...
    def keeper_id(self) -> UUID | None: ...
    def agency_for(self, owner: str) -> UUID | None: ...


def start_clock(
    obj: Timed, clock_id: str, at: When, *, now: datetime, until: Until = None
) -> Deadline | None:
    """Start a clock, once while it runs. None: the rule was not in force then or there.

    An unknown start is kept as unknown, and filled in by a later call that knows it.
    """
    started = at.latest or at.earliest
    rule = ClockRule.objects.governing(clock_id, local_day(started) if started else None)
    facts = obj.facts() if rule.data["region"] or rule.data["policy"] else {}
    region = str(facts.get("region") or "")
    if in_force(rule.facts, at, None, region) is False:
        return None
    deadline = Deadline(
        rule=rule, clock=clock_id, flow=obj.flow.key, obj_id=obj.pk, subject_id=obj.subject_id
    )
    deadline.region, deadline.created_at, deadline.owner = region, now, rule.facts.owner
    deadline.owner_agency_id = obj.agency_for(rule.facts.owner)
    deadline.home_agency_id, deadline.keeper_id = obj.home_id, obj.keeper_id()
    _begin(deadline, at, until, str(facts.get("danger") or ""))
    Deadline.objects.bulk_create([deadline], ignore_conflicts=True)
    running: Deadline = _running(obj, clock_id).get()
    if running.state == DeadlineState.UNKNOWN and deadline.state == DeadlineState.OPEN:
        deadline.pk = running.pk
        deadline.save(force_update=True)
        return deadline
    return running


def stop_clocks(obj: Timed, clock_ids: Iterable[str], at: When, now: datetime) -> list[Deadline]:
    """End these clocks of the object and judge each; a missed one done late stays missed, with its end."""
    wanted = list(clock_ids)
    if not wanted:
        return []
    with transaction.atomic():
        rows = list(_locked(Deadline.objects.filter(obj_id=obj.pk, clock__in=wanted, closed_at=None)))
        for row in rows:
            _stop(row, at, now)
        return rows


def drop_clocks(obj: Timed, clock_ids: Iterable[str], at: When, now: datetime) -> None:
    """These clocks have lost their point, say by a new date. One already overdue is judged: it stays missed."""
    wanted = list(clock_ids)
    if not wanted:
        return
    with transaction.atomic():
        for row in _locked(Deadline.objects.filter(obj_id=obj.pk, clock__in=wanted, closed_at=None)):
            if row.due_at is not None and row.due_at < (at.latest or now):
                _stop(row, at, now)
            else:
                cancel_clocks(obj, [row.clock], now=now)


def cancel_clocks(obj: Timed, clock_ids: Iterable[str] | None = None, *, now: datetime) -> int:
    """End clocks that have lost their point (None: all of the object), without a verdict."""
    rows = Deadline.objects.filter(obj_id=obj.pk, closed_at=None)
    if clock_ids is not None:
        rows = rows.filter(clock__in=list(clock_ids))
    return int(rows.update(state=DeadlineState.CANCELLED, closed_at=now, next_wake_at=None))


@transaction.atomic
def suspend(
    deadline: Deadline, *, actor: Actor, reason: SuspendReason, now: datetime | None = None
) -> Deadline:
    """Let a running clock stand still."""
    row = _reach(deadline, actor, DeadlineState.OPEN)
    at = now or timezone.now()
    Suspension.objects.create(deadline=row, reason=reason, suspended_at=at, suspended_by_id=actor.user_id)
    row.state, row.next_wake_at = DeadlineState.SUSPENDED, None
    row.save(update_fields=["state", "next_wake_at"])
    return row


@transaction.atomic
def resume(deadline: Deadline, *, actor: Actor, now: datetime | None = None) -> Deadline:
    """Let it run on; its ends move by the time it stood still."""
    row = _reach(deadline, actor, DeadlineState.SUSPENDED)
    _run_on(row, actor.user_id, now or timezone.now())
    row.save()
    return row


def recount_provisional() -> int:
    """Count again what was counted over years without a notice of days off. Returns how many changed."""
    changed = 0
    for row in Deadline.objects.filter(is_provisional=True, state=DeadlineState.OPEN).select_related("rule"):
        before = (row.due_at, row.is_provisional)
        if not row.suspensions.exists():
            _count(row, row.started, None, "")
            row.save()
        changed += before != (row.due_at, row.is_provisional)
    return changed


def _begin(row: Deadline, at: When, until: Until, danger: str) -> None:
    row.started_from, row.started_to = at.earliest, at.latest
    row.offset_least, row.offset_most = at.offsets or (None, None)
    if at.latest is None:
        row.state = DeadlineState.UNKNOWN
    else:
        _count(row, at, until, danger)


def _count(row: Deadline, at: When, until: Until, danger: str) -> None:
    """Set the ends: warned of from the earliest start, over only from the latest."""
    rule, calendar = row.facts, calendar_of(row.region)
    first, last = (
        reckon(rule, start, calendar, until=until, danger=danger) if start else None
        for start in (at.earliest or at.latest, at.latest)
    )
    if first is None or last is None:
        return
    row.warn_from, row.first_expiry = first.warn_from, first.end
    row.is_policy, row.is_provisional = last.is_policy, first.provisional or last.provisional
    _set_end(row, last)
    _climb(row, rule, from_start=True)


def _set_end(row: Deadline, last: Span) -> None:
    row.legal_expiry = last.legal_expiry
    row.policy_due = last.end if last.is_policy else None


def _climb(row: Deadline, rule: ClockData, *, from_start: bool = False) -> None:
    """Set when the sweep must look next."""
    start = row.started_from or row.started_to
    if row.due_at is None or row.warn_from is None or start is None:
        return
    ladder = rungs(rule, start, row.warn_from, row.due_at)
    if from_start:
        row.level = rungs_behind(ladder, start)
    row.next_wake_at = wake_at(ladder, row.level)


def _stop(row: Deadline, at: When, now: datetime) -> None:
    if row.state == DeadlineState.SUSPENDED:
        _run_on(row, None, min(at.latest or now, now))
    rule = row.facts
    verdict = by_offsets(rule, row.started, at)
    if verdict == "unknown":
        verdict = compare(rule, row.first_expiry, row.due_at, at, now)
    row.state, row.ended_from, row.ended_to = OUTCOMES[verdict], at.earliest, at.latest
    row.closed_at, row.next_wake_at = now, None
    row.save()


def _run_on(row: Deadline, user_id: UUID | None, until: datetime) -> None:
    pause = row.suspensions.get(resumed_at=None)
    rule, calendar = row.facts, calendar_of(row.region)
    until = max(until, pause.suspended_at)
    for name in ("warn_from", "first_expiry", "legal_expiry", "policy_due"):
        if (end := getattr(row, name)) is not None:
            moved = resumed(rule, end, pause.suspended_at, until)
            setattr(row, name, moved if name == "warn_from" else rolled(rule, moved, calendar))
    pause.resumed_at, pause.resumed_by_id = until, user_id
    pause.save(update_fields=["resumed_at", "resumed_by"])
    row.state = DeadlineState.OPEN
    _climb(row, rule)


def _running(obj: Timed, clock_id: str) -> Any:
    rows = Deadline.objects.filter(obj_id=obj.pk, clock=clock_id, closed_at=None)
    return rows.exclude(state=DeadlineState.MISSED).select_related("rule")


def _locked(rows: Any) -> Any:
    return rows.select_related("rule").select_for_update(of=("self",)).order_by("id")


def _reach(deadline: Deadline, actor: Actor, state: DeadlineState) -> Deadline:
    if not caseworker(actor):
        raise PermissionDenied
    row: Deadline | None = _locked(Deadline.objects.visible_to(actor).filter(pk=deadline.pk)).first()
    if row is None:
        raise NotVisible
    if row.state != state:
        raise NotRunning(row.clock)
    return row
