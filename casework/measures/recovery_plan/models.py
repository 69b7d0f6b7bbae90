"""A recovery plan and its rows: goals, sessions, requests for assistance. What she says is sealed; the rest is coded."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.forms import ChoiceField
from django.forms import Field as FormField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import Body
from casework.measure import Measure
from casework.measures.recovery_plan import codes as c
from casework.measures.recovery_plan.workflow import FLOW
from casework.models import Case, Happened
from casework.models.case import codes
from privacy.actors import ActorLike
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.state import StateField
from workflow.table import Workflow

COUNTED = ("held", "attendance", "aid", "answer", "progress", "reached")


class RecoveryPlan(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 55
    panel_template: ClassVar[str] = "recovery_plan/_panel.html"
    page_texts = ("situation",)

    state = StateField(FLOW)
    whose = models.CharField(_("Whose recovery"), max_length=8, choices=c.Whose, default=c.Whose.WOMAN)
    fields = codes(_("In what she wants help"), c.Field)
    situation = SealedText(_("How she is now"), pad=256, max_length=2000, blank=True, null=True)
    review_on = models.DateField(_("Next look at the plan"), null=True, blank=True)
    reviews = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Those who carry the case. The desk and other bodies need nothing of it; a referral tells them their part."""
        if actor.role not in {Role.CASEWORKER, Role.LEAD}:
            return NOTHING
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        asked = {name: self.asked[name] for name in COUNTED if name in self.asked}
        about = {"aid": row.kind} if (row := self.asked_of()) else {}
        return {"whose": self.whose, "fields": sorted(self.fields), **about, **asked}

    def asked_of(self) -> "Aid | None":
        """The request an answer is being recorded for."""
        number = self.asked.get("request")
        return self.aids.get(number=number) if number else None

    def wants_visits(self) -> bool:
        """It has looks of its own."""
        return False

    def page_rows(self, actor: Actor) -> list[tuple[SealedModel, tuple[str, ...]]]:
        found: list[tuple[SealedModel, tuple[str, ...]]] = [(row, ("text",)) for row in self.goals.all()]
        return found + [(row, ("account",)) for row in (*self.sessions.all(), *self.aids.all())]

    def tune(self, name: str, field: FormField, actor: Actor) -> None:
        """Goals and requests by number: their words stand in no list."""
        if name == "which" and isinstance(field, ChoiceField):
            field.choices = [(str(row.number), row.label) for row in self.open_goals()]
        if name == "request" and isinstance(field, ChoiceField):
            field.choices = [(str(row.number), row.label) for row in self.waiting_aid()]
        if name in ("fields", "review_on"):
            field.required = True

    def open_goals(self) -> list["Goal"]:
        return list(self.goals.filter(state=c.GoalState.OPEN))

    def waiting_aid(self) -> list["Aid"]:
        return list(self.aids.filter(answer=c.Answer.WAITING))

    def others_open(self) -> bool:
        same = type(self).objects.filter(case=self.case_id, whose=self.whose).exclude(pk=self.pk)
        return bool(same.exclude(state__in=FLOW.final).exists())

    @property
    def field_labels(self) -> list[str]:
        return [str(c.Field(code).label) for code in self.fields]

    @property
    def attended(self) -> int:
        return int(self.sessions.filter(attendance=c.Attendance.CAME).count())


class Row(SealedModel):
    """Of one plan; whoever sees the plan sees it."""

    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    plan: Any

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(plan__in=RecoveryPlan.objects.visible_to(actor).order_by())

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        RecoveryPlan.require_leave([row.plan for row in rows], actor=actor, purpose=purpose)

    def seal_owner(self) -> UUID:
        owner: UUID = self.plan.case_id
        return owner


class Goal(Row):
    plan = models.ForeignKey(RecoveryPlan, models.PROTECT, related_name="goals", editable=False)
    number = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=12, choices=c.Field)
    text = SealedText(_("What she wants to reach"), pad=256, max_length=5000)
    by = models.DateField(_("By when"), null=True)
    state = models.CharField(max_length=8, choices=c.GoalState, default=c.GoalState.OPEN)
    settled_on = models.DateField(null=True)

    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="recovery_goal_number")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.number} · {self.get_field_display()}"


class Session(Happened, Row):
    plan = models.ForeignKey(RecoveryPlan, models.PROTECT, related_name="sessions", editable=False)
    held = models.CharField(max_length=12, choices=c.Session)
    holder = models.CharField(max_length=16, choices=Body)
    attendance = models.CharField(max_length=8, choices=c.Attendance)
    account = SealedText(
        _("What matters for the next session"), pad=256, max_length=5000, blank=True, null=True
    )

    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["created_at", "id"]

    def __str__(self) -> str:
        return self.attendance


class Aid(Happened, Row):
    """`happened`: when it was asked for."""

    plan = models.ForeignKey(RecoveryPlan, models.PROTECT, related_name="aids", editable=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=c.Aid)
    body = models.CharField(max_length=16, choices=Body)
    answer = models.CharField(p_("aid", "Answer"), max_length=10, choices=c.Answer, default=c.Answer.WAITING)
    yuan = models.PositiveIntegerField(_("Amount granted, in yuan"), null=True)
    answered_on = models.DateField(null=True)
    account = SealedText(
        _("Grounds, and which papers were handed in"), pad=256, max_length=5000, blank=True, null=True
    )

    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="recovery_aid_number")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.number} · {self.get_kind_display()} · {self.get_body_display()}"
