"""What is due: the rule that governs it, when it started, its end by two readings, and who was told."""

import uuid
from datetime import datetime
from typing import ClassVar, cast

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.scope import NOTHING, ScopedQuerySet
from workflow.counting import Verdict, compare
from workflow.rulebook import ClockRule
from workflow.rules import ClockData
from workflow.when import When

__all__ = ["Alert", "ClockRule", "Deadline", "DeadlineState", "Level", "SuspendReason", "Suspension"]


class DeadlineState(models.TextChoices):
    OPEN = "open", p_("clock", "Running")
    MET = "met", p_("clock", "Kept")
    MISSED = "missed", p_("clock", "Missed")
    LAPSED = "lapsed", p_("clock", "Ran out")
    UNKNOWN = "unknown", p_("clock", "Cannot be told")
    SUSPENDED = "suspended", p_("clock", "Suspended")
    CANCELLED = "cancelled", p_("clock", "Cancelled")


CLOSED_VERDICTS: dict[str, Verdict] = {
    DeadlineState.MET: "met",
    DeadlineState.MISSED: "breached",
    DeadlineState.UNKNOWN: "unknown",
    DeadlineState.LAPSED: "lapsed",
    DeadlineState.CANCELLED: "not_applicable",
}


class DeadlineQuerySet(ScopedQuerySet):
    def live(self) -> "DeadlineQuerySet":
        """Not ended: running, suspended, missed and still not done, or with an unknown start."""
        return self.filter(closed_at=None)

    def by_due(self) -> "DeadlineQuerySet":
        """First due first; what has no end stands last."""
        due = Coalesce("legal_expiry", "policy_due")
        return cast("DeadlineQuerySet", self.annotate(due=due).order_by(F("due").asc(nulls_last=True), "id"))


class Deadline(models.Model):
    """One running or ended clock of one life.

    `warn_from`, `first_expiry`: counted from the earliest start. `legal_expiry`: the latest
    reading of the latest start.
    House targets stand in `policy_due`, then `legal_expiry` is empty. `level`: how many rungs are behind it.
    """

    State = DeadlineState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="deadlines")
    clock = models.CharField(max_length=64)
    flow = models.CharField(max_length=64)
    obj_id = models.UUIDField()
    subject_id = models.UUIDField()
    owner = models.CharField(max_length=64)
    owner_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="owed_deadlines"
    )
    home_agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="watched_deadlines"
    )
    keeper = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="kept_deadlines")
    region = models.CharField(max_length=12, blank=True)
    started_from = models.DateTimeField(null=True)
    started_to = models.DateTimeField(null=True)
    offset_least = models.DurationField(null=True)
    offset_most = models.DurationField(null=True)
    warn_from = models.DateTimeField(null=True)
    first_expiry = models.DateTimeField(null=True)
    legal_expiry = models.DateTimeField(null=True)
    policy_due = models.DateTimeField(null=True)
    is_policy = models.BooleanField(default=False)
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=DeadlineState.choices, default=DeadlineState.OPEN)
    level = models.PositiveSmallIntegerField(default=0)
    next_wake_at = models.DateTimeField(null=True)
    ended_from = models.DateTimeField(null=True)
    ended_to = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        app_label = "workflow"
        indexes: ClassVar = [
            models.Index(
                fields=["next_wake_at", "id"], condition=Q(next_wake_at__isnull=False), name="deadline_wake"
            ),
            models.Index(fields=["subject_id"], name="deadline_subject"),
            models.Index(fields=["owner_agency"], condition=Q(closed_at=None), name="deadline_owed"),
            models.Index(fields=["home_agency"], condition=Q(closed_at=None), name="deadline_watched"),
            models.Index(fields=["obj_id", "clock"], name="deadline_of_object"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["obj_id", "clock"],
                condition=Q(closed_at=None) & ~Q(state="missed"),
                name="one_running_deadline",
            ),
            models.CheckConstraint(
                condition=Q(is_policy=False, policy_due=None) | Q(is_policy=True, legal_expiry=None),
                name="policy_is_never_law",
            ),
            models.CheckConstraint(
                condition=Q(legal_expiry=None) | Q(legal_expiry__gte=F("warn_from")),
                name="expiry_after_warning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.state}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Workers of a federation see what their house watches, liaisons what their body owes."""
        if actor.agency_id is None:
            return NOTHING
        if actor.role == Role.LIAISON:
            return Q(owner_agency=actor.agency_id)
        if actor.kind == AgencyKind.FEDERATION and actor.role in (Role.OPERATOR, Role.CASEWORKER, Role.LEAD):
            return Q(home_agency=actor.agency_id)
        return NOTHING

    @property
    def facts(self) -> ClockData:
        return self.rule.facts

    @property
    def label(self) -> str:
        return self.facts.label

    @property
    def due_at(self) -> datetime | None:
        """The end that counts: of the law, or of the house where the law gives none."""
        return self.legal_expiry or self.policy_due

    @property
    def started(self) -> When:
        offsets = None
        if self.offset_least is not None and self.offset_most is not None:
            offsets = (self.offset_least, self.offset_most)
        return When(self.started_from, self.started_to, offsets=offsets)

    @property
    def ended(self) -> When | None:
        return When(self.ended_from, self.ended_to) if self.closed_at else None

    @property
    def suspension(self) -> "Suspension | None":
        is_suspended = self.state == DeadlineState.SUSPENDED
        return self.suspensions.filter(resumed_at=None).first() if is_suspended else None

    @property
    def suspended_at(self) -> datetime | None:
        pause = self.suspension
        return pause.suspended_at if pause else None

    @property
    def suspend_reason(self) -> str:
        pause = self.suspension
        return pause.get_reason_display() if pause else ""

    def verdict(self, now: datetime) -> Verdict:
        """Kept or not: as judged from the two intervals when it ended, or as far as it has run."""
        if self.closed_at:
            return CLOSED_VERDICTS[self.state]
        return compare(self.facts, self.first_expiry, self.due_at, None, now)


class SuspendReason(models.TextChoices):
    HEARING = "hearing", p_("clock", "Hearing")
    APPRAISAL = "appraisal", p_("clock", "Appraisal")
    DOCUMENTS = "documents", _("Waiting for missing documents")
    FORCE_MAJEURE = "force_majeure", _("Force majeure")
    NOT_REACHABLE = "not_reachable", _("Contact is not safe now")
    ORDERED = "ordered", _("Ordered by the deciding body")


class Suspension(models.Model):
    """A stretch in which a clock stood still, with its reason. Kept after the clock runs on."""

    Reason = SuspendReason

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=20, choices=SuspendReason.choices)
    suspended_at = models.DateTimeField()
    suspended_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "workflow"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(resumed_at=None), name="one_open_suspension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.reason}"


class Level(models.TextChoices):
    REMINDER = "reminder", p_("clock", "Reminder")
    DUE = "due", p_("clock", "Due soon")
    OVERDUE_OWNER = "overdue_owner", p_("clock", "Overdue")
    OVERDUE_LEAD = "overdue_lead", _("Overdue, to the duty leader")
    OVERDUE_SUPERIOR = "overdue_superior", _("Overdue, to the superior federation")
    RAN_OUT = "ran_out", _("Time has run out")


class Alert(models.Model):
    """Somebody is told of a deadline: a user, or a role in an agency. `rung`: which step of the ladder."""

    Level = Level

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="alerts")
    level = models.CharField(max_length=20, choices=Level.choices)
    rung = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    user = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        app_label = "workflow"
        indexes: ClassVar = [
            models.Index(fields=["agency", "created_at"], condition=Q(seen_at=None), name="alert_unseen"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deadline", "rung", "agency", "user", "role"],
                nulls_distinct=False,
                name="told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.level}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Those addressed: by name in this agency, or by role."""
        if actor.agency_id is None:
            return NOTHING
        mine = Q(user=actor.user_id) | Q(user=None, role=actor.role)
        return mine & Q(agency=actor.agency_id)
