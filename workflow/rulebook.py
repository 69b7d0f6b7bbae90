"""Versions of the clock rules in the database, so that every deadline knows by which one it was counted."""

from datetime import date
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from workflow.rules import Book, ClockData, book


class SilentChange(Exception):
    """The data file differs from the database, yet has no higher version."""


class RuleManager(models.Manager["ClockRule"]):
    def current(self, clock_id: str, edition: Book | None = None) -> "ClockRule":
        """The row of the edition in use, created on first need; two processes at once get the same."""
        row = self.filter(clock=clock_id, superseded_at=None).first()
        edition = edition or book()
        if row is not None and (row.version >= edition.version or row.digest == edition.digest(clock_id)):
            return row
        with transaction.atomic():
            self.filter(clock=clock_id, superseded_at=None, version__lt=edition.version).update(
                superseded_at=timezone.now()
            )
            data = edition.raw[clock_id]
            fields = {
                "data": data,
                "digest": edition.digest(clock_id),
                "in_force_from": data["in_force_from"] and date.fromisoformat(data["in_force_from"]),
            }
            return self.get_or_create(clock=clock_id, version=edition.version, defaults=fields)[0]

    @transaction.atomic
    def load(self, edition: Book) -> int:
        """Bring a whole edition in, any number of times. Returns how many versions are new."""
        before = self.count()
        rows = [self.current(clock, edition) for clock in edition.raw]
        same = [row for row in rows if row.version == edition.version]
        if changed := [row.clock for row in same if row.digest != edition.digest(row.clock)]:
            raise SilentChange(f"changed without a higher version: {', '.join(changed)}")
        return self.count() - before

    def governing(self, clock_id: str, day: date | None) -> "ClockRule":
        """The version whose law was in force on that day: a later amendment never reaches back."""
        current = self.current(clock_id)
        if day is None or current.in_force_from is None or current.in_force_from <= day:
            return current
        older = self.filter(Q(in_force_from=None) | Q(in_force_from__lte=day), clock=clock_id)
        return older.order_by(F("in_force_from").desc(nulls_last=True), "-version").first() or current


class ClockRule(models.Model):
    """One version of one clock. Never changed, only superseded: a deadline keeps its own."""

    clock = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    in_force_from = models.DateField(null=True)
    loaded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    objects: ClassVar[RuleManager] = RuleManager()

    class Meta:
        app_label = "workflow"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock", "version"], name="clock_rule_version"),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(superseded_at=None), name="one_current_clock_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} v{self.version}"

    @property
    def facts(self) -> ClockData:
        return ClockData.from_json(self.data)
