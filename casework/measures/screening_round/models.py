"""A round through one community, and what was met there. Only a finding carries text, sealed under the round's own key."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from casework.lapse import Goes, Lapse, last_step
from casework.measure import InboxRow
from casework.measures.screening_round.needs import GRAVE
from casework.measures.screening_round.workflow import FLOW, RESULTS, S
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.engine import open_moves
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)


class Method(models.TextChoices):
    DOORS = "doors", _("From door to door")
    GRID = "grid", _("By the grid workers on their usual rounds")
    MEETING = "meeting", _("At a meeting or activity")
    RECORDS = "records", _("From police and mediation records")


class ScreeningRound(LifeModel):
    """`households`: how many there are to look at. The federation that plans it owns it."""

    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "screening_round/_panel.html"

    state = StateField(FLOW)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("Community"))
    committee = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Committee that takes part"),
        limit_choices_to={"kind": AgencyKind.COMMITTEE},
    )  # fmt: skip
    starts_on = models.DateField(p_("round", "First day"))
    ends_on = models.DateField(p_("round", "Last day"))
    households = models.PositiveIntegerField(
        _("Households to look at"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    method = models.CharField(_("How it is done"), max_length=12, choices=Method, default=Method.DOORS)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-starts_on"], name="screening_list")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation's own; a committee those it takes part in, while they run."""
        if actor.role == Role.LIAISON and actor.kind == AgencyKind.COMMITTEE:
            return Q(committee_id=actor.agency_id, state=S.RUNNING)
        if actor.kind != AgencyKind.FEDERATION or actor.role not in WORKERS:
            return NOTHING
        mine = Q(agency_id=actor.agency_id)
        return mine | Q(agency__parent_id=actor.agency_id) if actor.role == Role.LEAD else mine

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def agency_for(self, owner: str) -> UUID | None:
        return self.agency_id if owner == "wf" else None

    def facts(self) -> dict[str, Any]:
        """Of an entry: its result and number, so that the figures come from the steps."""
        asked = {"result": self.asked.get("result"), "how_many": self.asked.get("how_many") or 1}
        return {"home": str(self.agency_id), "town": self.area_id, "method": self.method, **asked}

    def title(self) -> str:
        return f"{self.flow.label} · {self.area}"

    def get_absolute_url(self) -> str:
        return reverse("screening_round:round", args=[self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if name == "area" and isinstance(field, ModelChoiceField):
            field.queryset = Area.objects.filter(parts=None)

    def add_check(self, *, actor: Actor, result: str, how_many: int, account: str, at: datetime) -> None:
        row = ScreeningCheck(
            round=self, result=result, how_many=how_many, account=account or None, checked_at=at
        )
        row.entered_by_id = actor.user_id
        row.acting(actor).save()

    @classmethod
    def lapses(cls) -> tuple[Lapse, ...]:
        """A round whose findings were followed up; a hold on one of its cases keeps the round's steps too."""
        held = FileMark.objects.standing().filter(kind=MarkKind.HOLD).order_by()
        kept = ScreeningCheck._base_manager.filter(
            round=OuterRef("pk"), case_id__in=held.values("subject_id")
        ).order_by()
        return (Lapse("round_findings", Q(~Exists(kept), state__in=cls.flow.final), last_step()),)

    def goes(self) -> Goes:
        """Its answers, and what was told of households without a case; its key also seals what belongs to cases."""
        alone = self.checks.filter(case=None).order_by("pk").values_list("pk", flat=True)
        return Goes(rows=(self.pk, *alone))

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(result in words, households), in the order of the list; one query."""
        found = dict(self.checks.values_list("result").annotate(Sum("how_many")).order_by())
        return [(str(label), found.get(code) or 0) for code, label in RESULTS]

    def owed(self) -> Any:
        return _("Look at the households of this community and enter the results")

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        rows = cls.objects.visible_to(actor).exclude(state__in=cls.flow.final).select_related("area")
        found = [InboxRow(row, row.owed(), None, open_moves(row, actor)) for row in rows]
        return [row for row in found if row.moves]


class ScreeningCheck(SealedModel):
    """`how_many` households with this result; a finding is always one, and may become a case."""

    round = models.ForeignKey(ScreeningRound, models.PROTECT, related_name="checks")
    result = models.CharField(max_length=12, choices=RESULTS)
    how_many = models.PositiveIntegerField(default=1)
    account = SealedText(_("What was seen or told"), pad=256, max_length=2000, blank=True, null=True)
    checked_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_why = SealedText(_("Why no case was opened"), pad=64, max_length=500, blank=True, null=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["checked_at", "id"]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation that owns the round; who entered it sees the numbers only."""
        if actor.kind != AgencyKind.FEDERATION:
            return NOTHING
        return Q(round__in=ScreeningRound.objects.visible_to(actor).order_by())

    def seal_owner(self) -> UUID:
        return self.round_id

    @property
    def waits(self) -> bool:
        return self.result in GRAVE and self.case_id is None and self.set_aside_at is None
