"""Who reports what, the values with their versions, the decisions of the district, and what was published.

No person stands in any of it but who entered or decided. A value is never changed: a correction is its next version.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from monitor.occasions import Kind
from monitor.people import in_area, is_bureau, is_office

FIRST_YEAR, LAST_YEAR = 2010, 2030
INVENTED = "演示数据"  # the source of every value of the demonstration: whatever rests on one says so
NO_LONG_NUMBERS = RegexValidator(
    r"^(?!.*\d{7})", _("A phone or identity number does not belong here: aggregates have no persons.")
)
YEAR = (MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))


class Answer(models.TextChoices):
    """Nought is a number. No row at all: not submitted."""

    NUMBER = "number", p_("value", "Number")
    UNKNOWN = "unknown", p_("value", "Not known")
    NOT_APPLICABLE = "not_applicable", p_("value", "Not applicable")
    SUPPRESSED = "suppressed", p_("value", "Withheld")


class Status(models.TextChoices):
    PROVISIONAL = "provisional", p_("value", "Provisional")
    REVISED = "revised", p_("value", "Revised")
    FINAL = "final", p_("value", "Final")


class Sex(models.TextChoices):
    ALL = "all", p_("series", "All")
    F = "f", p_("series", "Women")
    M = "m", p_("series", "Men")


class Value(models.Model):
    """One version of one value. `part`: the town or institution, where each must hold. `x` of `n`: the counts behind it.

    `release`: the release of statistics it flowed in from; nobody typed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=12)
    definition = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField(validators=YEAR)
    sex = models.CharField(max_length=3, choices=Sex, default=Sex.ALL)
    part = models.CharField(max_length=40, blank=True, validators=[NO_LONG_NUMBERS])
    version = models.PositiveSmallIntegerField(default=1)
    answer = models.CharField(max_length=16, choices=Answer)
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    x = models.PositiveBigIntegerField(null=True)
    n = models.PositiveBigIntegerField(null=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.PROVISIONAL)
    source = models.CharField(max_length=80, blank=True, validators=[NO_LONG_NUMBERS])
    explanation = models.CharField(max_length=200, blank=True, validators=[NO_LONG_NUMBERS])
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    round = models.ForeignKey("monitor.Round", models.PROTECT, null=True, related_name="values")
    release = models.ForeignKey("indicators.Release", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["indicator", "year", "sex", "part", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "indicator", "year", "sex", "part", "version"], name="value_version_once"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NUMBER) & (Q(number__isnull=False) | Q(x__isnull=False))
                | ~Q(answer=Answer.NUMBER) & Q(number=None, x=None, n=None),
                name="value_number_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.sex} {self.part} v{self.version}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Exact values: the unit that reports them, and the statistics bureau of the area."""
        if is_bureau(actor):
            return in_area(actor)
        return (
            Q(agency_id=actor.agency_id)
            if actor.role in (Role.LIAISON, Role.LEAD) or is_office(actor)
            else NOTHING
        )

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.indicator, self.year, self.sex, self.part


class Reporter(models.Model):
    """Which unit reports an indicator."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=12)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["indicator"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "indicator"], name="one_reporter_each")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.agency_id}"


class Responsibility(models.Model):
    """Who answers for a target: one leads, others join. The plan names no unit: this is decided here."""

    class Part(models.TextChoices):
        LEAD = "lead", p_("responsibility", "Leads")
        JOINS = "joins", p_("responsibility", "Joins")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    target = models.CharField(max_length=8)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part)

    class Meta:
        ordering: ClassVar = ["target", "-part"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "target", "agency"], name="responsible_once"),
            models.UniqueConstraint(fields=["area", "target"], condition=Q(part="lead"), name="one_leads"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.part} {self.agency_id}"


class Seat(models.Model):
    """A person's seat in one of the groups, from a day until a day."""

    class Group(models.TextChoices):
        LEADING = "leading", p_("group", "Leading group")
        MONITORING = "monitoring", p_("group", "Monitoring group")
        EVALUATION = "evaluation", p_("group", "Evaluation group")
        THIRD_PARTY = "third_party", p_("group", "Third-party evaluator")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    group = models.CharField(max_length=12, choices=Group)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["group", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(group="third_party") | Q(ends_on__isnull=False), name="third_party_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.user_id}"


def leading_now(area: str, today: date) -> list[UUID]:
    """The users who sit in the leading group on that day."""
    seats = Seat.objects.filter(area=area, group=Seat.Group.LEADING, starts_on__lte=today)
    return list(seats.filter(Q(ends_on=None) | Q(ends_on__gte=today)).values_list("user_id", flat=True))


class Decision(models.Model):
    """A number the plan leaves open, as somebody decided it. Append-only; the newest counts."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", p_("decision", "Baseline")
        MILESTONE = "milestone", p_("decision", "Milestone")
        TOLERANCE = "tolerance", p_("decision", "Tolerance")
        BOUND = "bound", p_("decision", "Limit set by the district")
        SWING = "swing", p_("decision", "Usual change from year to year")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEAR)
    number = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=80, validators=[NO_LONG_NUMBERS])
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["decided_at"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.kind} {self.number}"


class Occasion(models.Model):
    """A meeting, conference or report of the plan's calendar that was held, with what was decided."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(p_("occasion", "What was held"), max_length=16, choices=Kind)
    held_on = models.DateField(p_("occasion", "Day"))
    decisions = models.TextField(
        p_("occasion", "What was decided"), max_length=4000, blank=True, validators=[NO_LONG_NUMBERS]
    )
    received_on = models.DateField(p_("occasion", "Receipt confirmed on"), null=True, blank=True)
    about = models.ForeignKey(
        "monitor.EarlyWarning", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=p_("occasion", "Early warning it was about"),
    )  # fmt: skip
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"


class Means(models.Model):
    """Money and people of one unit for the plan in one year; `target` empty: for the plan as a whole."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField(p_("means", "Year"), validators=YEAR)
    target = models.CharField(p_("means", "Target"), max_length=8, blank=True)
    planned = models.DecimalField(
        p_("means", "Budget, in ten thousand yuan"), max_digits=12, decimal_places=2
    )
    spent = models.DecimalField(
        p_("means", "Spent, in ten thousand yuan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    staff = models.DecimalField(p_("means", "Posts"), max_digits=6, decimal_places=1, null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering: ClassVar = ["-year", "target"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "agency", "year", "target"], name="means_once"),
            models.CheckConstraint(condition=Q(planned__gte=0), name="means_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year} {self.target}"


class Publication(models.Model):
    """What everybody sees of a round: verdicts and protected values. Frozen, append-only; a correction is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey("monitor.Round", models.PROTECT, related_name="publications")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "-published_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "version"], name="publication_once")
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year} v{self.version}"
