"""Exports of lower levels as they were taken in, and where a target stands in other plans."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_

from agencies.models import Area
from monitor.stored import NO_LONG_NUMBERS


class Collected(models.Model):
    """One publication of a lower level. `figures`: {code: [[year, text or null, x, n], …]}. Frozen, append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    part = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    figures = models.JSONField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["part", "taken_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "part", "digest"], name="collected_once")
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.year} v{self.version}"


class PlanReference(models.Model):
    """Where a target of the plan was taken over into another plan of the district."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    target = models.CharField(max_length=8)
    document = models.CharField(
        p_("reference", "Plan or document"), max_length=80, validators=[NO_LONG_NUMBERS]
    )
    place = models.CharField(
        p_("reference", "Part or page"), max_length=40, blank=True, validators=[NO_LONG_NUMBERS]
    )
    dated_on = models.DateField(p_("reference", "Date of the document"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering: ClassVar = ["target", "-dated_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "target", "document"], name="reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.document}"
