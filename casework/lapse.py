"""What goes by itself when its time is over: a model tells which of its rows, and what is destroyed of each.

A model that has `lapses` is found by that: the room above needs no line here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.need_to_know import routes
from casework.retention import Class, classes
from privacy.models import Tombstone
from workflow.models import Deadline, StepRecord

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Goes:
    """Of one row: whose keys are destroyed, or which rows are emptied."""

    owners: tuple[UUID, ...] = ()
    rows: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Lapse:
    """`kind`: the class in the schedule; `rows`: which ones are at their end; `since`: what their time runs from."""

    kind: str
    rows: Q
    since: Combinable


@dataclass(frozen=True)
class Lapsing:
    """One class of one model."""

    model: Any
    lapse: Lapse

    @property
    def kind(self) -> Class:
        return classes()[self.lapse.kind]

    def due(self, now: datetime) -> Any:
        """Whose time is over, and which nothing keeps: no hold, no running clock, and not gone already."""
        rows = self.model._base_manager.filter(self.lapse.rows).alias(since=self.lapse.since)
        rows = rows.filter(since__lt=self.kind.over_before(now))
        rows = rows.exclude(Exists(Tombstone.objects.filter(subject=OuterRef("pk"))))
        holds = FileMark.objects.standing().filter(kind=MarkKind.HOLD).order_by()
        clocks = Deadline.objects.filter(closed_at=None).order_by()
        for way in {"pk", *routes(self.model)}:
            rows = rows.exclude(Exists(holds.filter(subject_id=OuterRef(way))))
            rows = rows.exclude(Exists(clocks.filter(subject_id=OuterRef(way))))
        return rows

    def soon(self, actor: Actor, now: datetime) -> int:
        """How many of what this actor may see go within the next days."""
        return int(self._seen_by(actor, self.due(now + SOON)).count())

    def held(self, actor: Actor) -> Any:
        """What this actor may see of this class and a hold keeps, with the hour its time runs from."""
        holds = FileMark.objects.standing().filter(kind=MarkKind.HOLD).order_by()
        rows = self.model._base_manager.filter(self.lapse.rows, pk__in=holds.values("subject_id"))
        return self._seen_by(actor, rows).annotate(since=self.lapse.since)

    def _seen_by(self, actor: Actor, rows: Any) -> Any:
        return self.model.objects.visible_to(actor).filter(pk__in=rows.values("pk")).order_by("pk")


def lapsing() -> Iterator[Lapsing]:
    for model in apps.get_models():
        if hasattr(model, "lapses") and not hasattr(model, "instance_type"):
            yield from (Lapsing(model, lapse) for lapse in model.lapses())


def last_step() -> Combinable:
    """When the last move was made on it."""
    steps = StepRecord.objects.filter(obj_id=OuterRef("pk")).order_by("-recorded_at")
    return Subquery(steps.values("recorded_at")[:1])
