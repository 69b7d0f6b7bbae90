"""The three lives as rows: a collection round, a unit's submission, an early warning."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from monitor.dictionary import Indicator, dictionary
from monitor.people import READERS, in_area, is_bureau, is_office
from monitor.seats import Group, Seated, sits_in
from monitor.slots import Slot, slots_of
from monitor.stored import NO_LONG_NUMBERS, Reporter, Value, leading_now
from monitor.timeliness import timeliness
from monitor.words import LEVEL_TONES, LEVELS, said
from monitor.workflow import ROUND, SUBMISSION, WARNING, RoundState
from privacy.history import sealed_history
from workflow.engine import OpenMove, open_moves
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow

TAKING = (RoundState.COLLECTING, RoundState.VALIDATING)


def remark_field(label: Any) -> "models.CharField[str, str]":
    """A few lines about figures, kept in the clear: no person is written of here."""
    hint = _("About figures and offices only: no person is named here.")
    return models.CharField(label, max_length=600, blank=True, help_text=hint, validators=[NO_LONG_NUMBERS])


class Round(Seated, LifeModel):
    """Values of one year from all units. `leading`: users of the leading group it was handed to."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", p_("collection", "Annual monitoring")
        MID_TERM = "mid_term", p_("collection", "Mid-term evaluation 2025")
        FINAL = "final", p_("collection", "Final evaluation 2030")

    flow: ClassVar[Workflow] = ROUND
    panel_template: ClassVar[str] = "monitor/_round.html"

    state = StateField(ROUND)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False)
    planner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(
        p_("collection", "Kind of round"), max_length=8, choices=Kind, default=Kind.ANNUAL
    )
    year = models.PositiveSmallIntegerField(
        p_("collection", "Year of the values"), validators=[MinValueValidator(2010), MaxValueValidator(2030)]
    )
    due_on = models.DateField(p_("collection", "To be reported by"))
    leading = ArrayField(models.UUIDField(), default=list, editable=False)
    remark = remark_field(_("Reason"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-year", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "kind", "year"],
                name="round_once",
            )
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Bureau and committee office of the area; the leading group; the monitoring group; units that were asked."""
        if actor.role not in (*READERS, Role.LEAD):
            return NOTHING
        asked = Q(pk__in=Submission.objects.filter(agency=actor.agency_id).order_by().values("round"))
        mine = Q(leading__contains=[actor.user_id]) | (asked if actor.role != Role.SUPERVISOR else NOTHING)
        mine |= sits_in(actor, Group.MONITORING)
        return mine | in_area(actor) if is_bureau(actor) or is_office(actor) else mine

    def title(self) -> str:
        return f"{self.year} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("monitor:round", args=[self.pk])

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        """How complete and how timely the units are, and what flowed in: for the bureau and the committee office."""
        runs_it = is_bureau(actor) or is_office(actor) or self.seats(Group.MONITORING, actor)
        return {
            "board": timeliness(self, actor) if runs_it else [],
            "flowed": self.flowed_in() if runs_it else [],
        }

    def flowed_in(self) -> list[tuple[Indicator, Value]]:
        """The values of its year that came from releases of the casework, newest version of each."""
        rows = Value.objects.filter(area=self.area_id, year=self.year, release__isnull=False)
        newest = {value.indicator: value for value in rows.order_by("version")}
        known = dictionary().indicators
        return [(known[code], newest[code]) for code in sorted(newest) if code in known]

    def twins(self) -> "models.QuerySet[Round]":
        """Other rounds of the same kind and year."""
        rows = Round.objects.filter(area=self.area_id, kind=self.kind, year=self.year).exclude(pk=self.pk)
        return cast("models.QuerySet[Round]", rows)

    def open_besides(self) -> "models.QuerySet[Round]":
        """Other rounds of the same year between their call and their publication."""
        under_way = [RoundState.COLLECTING, RoundState.VALIDATING, RoundState.REVIEW, RoundState.APPROVED]
        rows = Round.objects.filter(area=self.area_id, year=self.year, state__in=under_way).exclude(
            pk=self.pk
        )
        return cast("models.QuerySet[Round]", rows)

    def reporters(self) -> "models.QuerySet[Reporter]":
        return Reporter.objects.filter(area=self.area_id)

    def dictionary_in_force(self) -> bool:
        """Nothing was ever put to the vote: the file as it came. After that, only what was approved."""
        rows: Any = apps.get_model("monitor", "Proposal").objects
        last = (
            rows.filter(area=self.area_id, kind="dictionary", state="approved")
            .order_by("-created_at")
            .first()
        )
        return last is None or last.digest == dictionary().digest

    def leading_now(self) -> list[UUID]:
        return leading_now(self.area_id, timezone.localdate(self.moment))


class Submission(LifeModel):
    """What one unit reports in one round."""

    flow: ClassVar[Workflow] = SUBMISSION
    panel_template: ClassVar[str] = "monitor/_submission.html"

    state = StateField(SUBMISSION)
    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions", editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    remark = remark_field(_("What is to be mended"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "agency"], name="submission_once")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The unit's own; the bureau those of its area."""
        if is_bureau(actor):
            return Q(agency_id=actor.agency_id) | Q(round__in=Round.objects.filter(in_area(actor)).order_by())
        own = actor.role in (Role.LIAISON, Role.LEAD) or is_office(actor)
        return Q(agency_id=actor.agency_id) if own else NOTHING

    def title(self) -> str:
        return f"{self.flow.label} · {self.round.title()}"

    def get_absolute_url(self) -> str:
        return reverse("monitor:work", args=[self.pk])

    @property
    def can_enter(self) -> bool:
        return self.state in ("open", "returned") and self.round.state in TAKING

    def slots(self) -> list[Slot]:
        """What this unit reports, with the newest version of each value of the round's year."""
        codes = Reporter.objects.filter(area=self.round.area_id, agency=self.agency_id).values_list(
            "indicator", flat=True
        )
        towns = Area.objects.filter(parent=self.round.area_id).order_by("code").values_list("name", flat=True)
        values = Value.objects.filter(
            area=self.round.area_id, year=self.round.year, indicator__in=codes
        ).order_by("version")
        return slots_of(codes, list(towns), list(values))

    def unanswered(self) -> list[Slot]:
        return [slot for slot in self.slots() if slot.value is None]

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list["Owed"]:
        """Of a liaison's inbox: what her unit still has to report."""
        rows = cls.objects.filter(agency=actor.agency_id, state__in=["open", "returned"]).select_related(
            "round", "agency"
        )
        rows = rows.filter(round__state__in=TAKING)
        return [Owed(row, _("Report the values of the plan"), moves=open_moves(row, actor)) for row in rows]


class EarlyWarning(Seated, LifeModel):
    """An indicator that will hardly be reached, or swings. `year`: of the value it was raised on; `latest_…`: what came since."""

    class Kind(models.TextChoices):
        HARD = "hard", p_("warning", "Hard to reach")
        SWING = "swing", p_("warning", "Swings")

    flow: ClassVar[Workflow] = WARNING
    panel_template: ClassVar[str] = "monitor/_warning.html"

    state = StateField(WARNING)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    indicator = models.CharField(max_length=12, editable=False)
    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    level = models.CharField(max_length=8, editable=False)
    reasons = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    latest_level = models.CharField(max_length=8, blank=True, editable=False)
    latest_year = models.PositiveSmallIntegerField(editable=False)
    due_on = models.DateField(p_("warning", "To be done by"), null=True, blank=True)
    response = remark_field(_("What will be done, and by whom"))
    progress = remark_field(_("What has been done"))
    outcome = remark_field(_("What came of it"))
    remark = remark_field(_("Reason"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["indicator", "-year"]
        indexes: ClassVar = [models.Index(fields=["area", "state"], name="early_warning_list")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The addressee; bureau and committee office of the area; whoever sits in one of the three groups."""
        seated = sits_in(actor, Group.LEADING, Group.MONITORING, Group.EVALUATION)
        if is_bureau(actor) or is_office(actor):
            return in_area(actor) | Q(agency_id=actor.agency_id) | seated
        return (Q(agency_id=actor.agency_id) if actor.role in (Role.LIAISON, Role.LEAD) else NOTHING) | seated

    @property
    def about(self) -> Indicator:
        return dictionary().indicators[self.indicator]

    def title(self) -> str:
        return f"{self.flow.label} · {self.about.name}"

    def get_absolute_url(self) -> str:
        return reverse("monitor:warning", args=[self.pk])

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {
            "reasons": said(self.reasons),
            "tone": LEVEL_TONES.get(self.level, "soon"),
            "word": LEVELS.get(self.level, self.level),
        }

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list["Owed"]:
        rows = cls.objects.filter(agency=actor.agency_id, state__in=["raised", "acknowledged", "answered"])
        return [
            Owed(row, row.get_kind_display(), moves=open_moves(row, actor))
            for row in rows.select_related("agency")
        ]


@dataclass(frozen=True, slots=True)
class Owed:
    """A row of the inbox, in the shape the inbox reads."""

    obj: LifeModel
    owed: Any
    deadline: None = None
    moves: list[OpenMove] = field(default_factory=list)
    template: str = "monitor/_owed.html"
    due: datetime | None = None
