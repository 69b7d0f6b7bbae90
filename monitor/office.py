"""A unit's paper, an inspection, a report on the plan with its comments. Texts on figures and offices, no person in them."""

from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.forms import ChoiceField, Field, ModelChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from monitor import charts
from monitor.board import Board, IndicatorLine
from monitor.dictionary import dictionary
from monitor.lives import Owed, remark_field
from monitor.office_flows import INSPECTION, PAPER, REPORT
from monitor.people import READERS, in_area, is_bureau, is_office
from monitor.seats import Group, Seated, sits_in
from monitor.stored import NO_LONG_NUMBERS, YEAR, Publication, Reporter, leading_now
from privacy.history import sealed_history
from workflow.engine import open_moves
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow


def text_field(label: Any) -> "models.TextField[str, str]":
    hint = _("About figures and offices only: no person is named here.")
    return models.TextField(label, max_length=6000, blank=True, help_text=hint, validators=[NO_LONG_NUMBERS])


def labelled(one: models.Model, *names: str) -> list[tuple[Any, Any]]:
    """(label, value) of these columns."""
    meta: Any = one._meta
    return [(meta.get_field(name).verbose_name, getattr(one, name)) for name in names]


class OfficeLife(Seated, LifeModel):
    """What the committee office asks of a unit of its area. Subclasses declare flow, state, objects and history."""

    panel_template: ClassVar[str] = "monitor/_paper.html"
    waits_in: ClassVar[tuple[str, ...]] = ()

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=p_("plan", "Unit"))
    remark = remark_field(_("Reason"))

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The unit's own; bureau, committee office, evaluation and leading group those of the area."""
        seated = sits_in(actor, Group.EVALUATION, Group.LEADING)
        if is_bureau(actor) or is_office(actor):
            return in_area(actor) | Q(agency_id=actor.agency_id) | seated
        return (Q(agency_id=actor.agency_id) if actor.role in (Role.LIAISON, Role.LEAD) else NOTHING) | seated

    def get_absolute_url(self) -> str:
        return reverse("monitor:paper", args=[self.flow.key, self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if name == "agency" and isinstance(field, ModelChoiceField):
            field.queryset = Agency.objects.filter(is_active=True, area=self.area_id)

    def facts_shown(self) -> list[tuple[Any, Any]]:
        """(label, text) of what its page shows; empty ones are left out."""
        return []

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {"facts": [(label, text) for label, text in self.facts_shown() if text]}

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[Owed]:
        rows = cls.objects.filter(agency=actor.agency_id, state__in=cls.waits_in).select_related("agency")
        return [Owed(row, row.state_label, moves=open_moves(row, actor)) for row in rows]


class UnitPaper(OfficeLife):
    """A scheme, a year's report with the next year's arrangement, or a self-evaluation of one unit."""

    class Kind(models.TextChoices):
        SCHEME = "scheme", p_("unit paper", "Implementation scheme")
        ANNUAL = "annual", p_("unit paper", "Annual report")
        SELF = "self", p_("unit paper", "Self-evaluation")

    flow: ClassVar[Workflow] = PAPER
    waits_in = ("asked", "returned")

    state = StateField(PAPER)
    kind = models.CharField(p_("unit paper", "Kind of paper"), max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField(p_("unit paper", "Year"), validators=YEAR)
    due_on = models.DateField(p_("unit paper", "Due on"))
    done = text_field(p_("unit paper", "How it was carried out"))
    ahead = text_field(p_("unit paper", "What is planned for the next year"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-year", "kind", "id"]

    def title(self) -> str:
        return f"{self.year} · {self.get_kind_display()}"

    @property
    def is_late(self) -> bool:
        return self.state in self.waits_in and self.due_on < timezone.localdate()

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        """With the unit's own indicators as they were published last, up to the year of the paper."""
        return super().panel_context(actor) | {"lines": self.own_lines()}

    def own_lines(self) -> list[IndicatorLine]:
        codes = set(
            Reporter.objects.filter(area=self.area_id, agency=self.agency_id).values_list(
                "indicator", flat=True
            )
        )
        newest = (
            Publication.objects.filter(area=self.area_id, year__lte=self.year)
            .order_by("-year", "-published_at")
            .first()
        )
        targets = Board(newest.content).all_targets if newest else []
        return [line for one in targets for line in one.lines if line.indicator.code in codes]

    def facts_shown(self) -> list[tuple[Any, Any]]:
        names = ("due_on", "done", "ahead", "remark")
        return [(_("Unit"), self.agency), *labelled(self, *names)]


def target_choices() -> list[tuple[str, str]]:
    return [(one.id, f"{one.id} {one.name}") for one in dictionary().targets.values()]


class Inspection(OfficeLife):
    """A look at how a unit carries out a target: findings, until when they are mended, and whether they were."""

    flow: ClassVar[Workflow] = INSPECTION
    waits_in = ("mending",)

    state = StateField(INSPECTION)
    target = models.CharField(p_("inspection", "Target of the plan"), max_length=8, choices=target_choices)
    held_on = models.DateField(p_("inspection", "Day of the inspection"))
    due_on = models.DateField(p_("inspection", "To be mended by"), null=True, blank=True)
    findings = text_field(p_("inspection", "Findings"))
    mended = text_field(p_("inspection", "What was mended"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-held_on", "id"]

    def title(self) -> str:
        return f"{self.flow.label} · {dictionary().targets[self.target].name if self.target else ''}"

    def facts_shown(self) -> list[tuple[Any, Any]]:
        names = ("held_on", "findings", "due_on", "mended", "remark")
        return [(_("Unit"), self.agency), *labelled(self, *names)]


class PlanReport(Seated, LifeModel):
    """Annual, mid-term or final, in six parts, on the numbers of one publication. `leading`: whom it was handed to."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", p_("plan report", "Annual monitoring report")
        MID_TERM = "mid_term", p_("plan report", "Mid-term report 2025")
        FINAL = "final", p_("plan report", "Final report 2030")

    flow: ClassVar[Workflow] = REPORT
    panel_template: ClassVar[str] = "monitor/_report.html"

    state = StateField(REPORT)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+", editable=False)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(p_("plan report", "Kind of report"), max_length=8, choices=Kind)
    leading = ArrayField(models.UUIDField(), default=list, editable=False)
    drawn = models.JSONField(default=list, editable=False)
    attainment = text_field(p_("plan report", "1. Attainment"))
    effect = text_field(p_("plan report", "2. Effect of the measures"))
    experience = text_field(p_("plan report", "3. Good practice"))
    problems = text_field(p_("plan report", "4. Problems and weak points"))
    outlook = text_field(p_("plan report", "5. Outlook"))
    suggestions = text_field(p_("plan report", "6. Suggestions"))
    remark = remark_field(_("Reason"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Bureau, office and the two working groups; units from the comment round on; the leading group it was handed to."""
        if actor.role not in (*READERS, Role.LEAD):
            return NOTHING
        working = sits_in(actor, Group.MONITORING) | (sits_in(actor, Group.EVALUATION) & ~Q(kind="annual"))
        if is_bureau(actor) or is_office(actor):
            return in_area(actor) | working
        seen = ["comments", "review", "approved", "published"] if actor.role != Role.SUPERVISOR else []
        return Q(leading__contains=[actor.user_id]) | (in_area(actor) & Q(state__in=seen)) | working

    def seats(self, group: str, actor: Actor) -> bool:
        """The evaluation group writes mid-term and final reports only."""
        return super().seats(group, actor) and not (
            group == Group.EVALUATION and self.kind == self.Kind.ANNUAL
        )

    def title(self) -> str:
        return f"{self.publication.year} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("monitor:report", args=[self.pk])

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {}

    @cached_property
    def board(self) -> Board:
        return Board(self.publication.content)

    def drawings(self) -> list[charts.Chart]:
        return [charts.of_domains(self.board), *charts.numbered(self.board)]

    def records(self) -> list[dict[str, Any]]:
        """Good practice and problems: as they stand while it is written, as they stood once it was handed up."""
        return self.to_draw() if self.state in ("draft", "comments") else self.drawn

    def parts(self) -> list[tuple[Any, str]]:
        names = ("attainment", "effect", "experience", "problems", "outlook", "suggestions")
        return labelled(self, *names)

    def to_draw(self) -> list[dict[str, Any]]:
        """Good practice and problems of its area up to its year; struck-out ones are left out."""
        rows: Any = apps.get_model("monitor", "PlanRecord").objects
        found = rows.filter(
            area=self.area_id, kind__in=["practice", "problem"], year__lte=self.publication.year + 1
        )
        return [one.drawn() for one in found.exclude(state="dropped").select_related("agency")]

    def leading_now(self) -> list[Any]:
        return leading_now(self.area_id, timezone.localdate(self.moment))

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if name == "which" and isinstance(field, ChoiceField):
            rows = self.comments.filter(reply="").select_related("agency")
            field.choices = [(str(row.pk), f"{row.agency}：{row.text[:40]}") for row in rows]


class ReportComment(models.Model):
    """What a unit says to a draft, and what it is answered."""

    report = models.ForeignKey(PlanReport, models.PROTECT, related_name="comments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    text = models.TextField()
    reply = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["entered_at"]

    def __str__(self) -> str:
        return str(self.pk)
