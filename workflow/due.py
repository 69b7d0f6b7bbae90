"""Reads over deadlines and alerts, each reached only through what its actor may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from agencies.actor import Actor
from workflow.counting import end_of, local_day
from workflow.deadlines import Alert, Deadline
from workflow.errors import NotVisible

BOARD_SIZE = 200


@dataclass(frozen=True, slots=True)
class DueBoard:
    """What this actor's body owes or watches, most urgent first; `timeless` has no end to count to."""

    overdue: list[Deadline]
    today: list[Deadline]
    later: list[Deadline]
    timeless: list[Deadline]


def open_deadlines(subject_id: UUID) -> Any:
    """Everything still running, or missed and not yet done, for one case or call; first due first."""
    return (
        Deadline.objects.live().filter(subject_id=subject_id).by_due().select_related("rule", "owner_agency")
    )


def due_board(actor: Actor, now: datetime, limit: int = BOARD_SIZE) -> DueBoard:
    """One query, whatever the number of rows."""
    rows = (
        Deadline.objects.live()
        .visible_to(actor)
        .by_due()
        .select_related("rule", "owner_agency", "keeper")[:limit]
    )
    board = DueBoard([], [], [], [])
    tonight = end_of(local_day(now))
    for row in rows.select_related("rule", "owner_agency", "keeper")[:limit]:
        due = row.due_at
        if due is None or row.state == Deadline.State.SUSPENDED:
            board.timeless.append(row)
        elif due < now:
            board.overdue.append(row)
        else:
            (board.today if due <= tonight else board.later).append(row)
    return board


def unseen_alerts(actor: Actor) -> Any:
    """What this actor has been told and not yet looked at, unless the duty is done since."""
    rows = Alert.objects.visible_to(actor).filter(Q(deadline__closed_at=None) | Q(level=Alert.Level.RAN_OUT))
    return rows.filter(seen_at=None).select_related("deadline__rule").order_by("-created_at", "id")


def see_alert(alert_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Mark one alert as seen, for everybody it was addressed to. The first to see it stays on record."""
    rows = Alert.objects.visible_to(actor).filter(pk=alert_id)
    if not rows.filter(seen_at=None).update(seen_at=now, seen_by_id=actor.user_id) and not rows.exists():
        raise NotVisible
