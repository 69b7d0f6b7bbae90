"""What has been counted. Margins only: a row that crosses two circumstances of a case does not exist here."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

# Steps and clocks that no federation watches over.
NOBODY = UUID(int=0)


class Tally(models.Model):
    """`n` things of `figure` in `month` (its first day), watched over by the federation `home`.

    `dims` is "" for all of them, else one code ("form=physical"); for clocks also the verdict
    ("clock=ppo_decision_72h;verdict=met"), parts in the order of their names.
    """

    month = models.DateField()
    figure = models.CharField(max_length=40)
    home = models.UUIDField()
    dims = models.CharField(max_length=160)
    n = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "figure", "home", "dims"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.figure} {self.dims}"


class CountedDeadline(models.Model):
    """As what a deadline was last counted; `figure` empty: it is not counted now."""

    deadline_id = models.UUIDField(primary_key=True)
    figure = models.CharField(max_length=40, blank=True)
    month = models.DateField(null=True)
    home = models.UUIDField(default=NOBODY)
    clock = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.verdict}"


class ChangedDeadline(models.Model):
    """A deadline whose outcome may have changed, written by a trigger on its table; deleted when counted."""

    deadline_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.deadline_id)


class CountedStory(models.Model):
    """Where the story of a case stands in the tallies now: see stories.story_keys."""

    subject_id = models.UUIDField(primary_key=True)
    keys = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.subject_id} {len(self.keys)}"


class Release(models.Model):
    """The numbers of a period as they were published: frozen, append-only. A correction is a new `version`.

    `cells`: see releases.py. `digest`: of everything a reader gets. `rules`: menu, limits, definitions.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.CharField(max_length=12)
    period = models.CharField(max_length=4)
    version = models.PositiveIntegerField()
    as_of = models.DateTimeField()
    published_at = models.DateTimeField()
    rules = models.JSONField()
    cells = models.JSONField()
    indicators = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["area", "period", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "period", "version"], name="release_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.period} v{self.version}"


class ReleaseBasis(models.Model):
    """The exact counts behind a release and the sums between them, for the audit of later ones. No page reads it."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True, related_name="basis")
    cells = models.JSONField()
    rows = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class TownGrouping(models.Model):
    """How the office has grouped the towns of an area for publication; append-only, a change is a new `version`."""

    area = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    groups = models.JSONField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["area", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "version"], name="town_grouping_once")
        ]

    def __str__(self) -> str:
        return f"{self.area} v{self.version}"
