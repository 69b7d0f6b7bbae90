"""Records beside the indicators, and proposals. Texts on figures and offices, no person in them."""

from typing import Any, ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from monitor.changes import changes
from monitor.dictionary import DATA, dictionary
from monitor.lives import remark_field
from monitor.office import OfficeLife, labelled, target_choices, text_field
from monitor.people import in_area, is_bureau, is_office
from monitor.record_flows import PROPOSAL, RECORD
from monitor.seats import GROUPS_THAT_WORK, SITTERS, Seated, sits_in
from monitor.stored import NO_LONG_NUMBERS, YEAR
from privacy.history import sealed_history
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow


class PlanRecord(OfficeLife):
    """Good practice, a problem, a project … of one unit, with its state. Reports draw from them."""

    class Kind(models.TextChoices):
        PRACTICE = "practice", p_("plan record", "Good practice")
        PROBLEM = "problem", p_("plan record", "Problem")
        PROJECT = "project", p_("plan record", "Livelihood project")
        DEMONSTRATION = "demonstration", p_("plan record", "Demonstration unit")
        COMMENDED = "commended", p_("plan record", "Commended unit")
        SURVEY = "survey", p_("plan record", "Special survey")
        RESEARCH = "research", p_("plan record", "Research")
        PUBLICITY = "publicity", p_("plan record", "Publicity")
        TRAINING = "training", p_("plan record", "Training of officials")
        RESOURCE = "resource", p_("plan record", "Social resources and partners")
        SERVICE = "service", p_("plan record", "Purchased service")
        VOICES = "voices", p_("plan record", "What women say about the plan, summed up")

    flow: ClassVar[Workflow] = RECORD
    waits_in: ClassVar[tuple[str, ...]] = ("open",)

    state = StateField(RECORD)
    kind = models.CharField(p_("plan record", "Kind of record"), max_length=14, choices=Kind)
    target = models.CharField(
        p_("plan record", "Target of the plan"), max_length=8, blank=True, choices=target_choices
    )
    year = models.PositiveSmallIntegerField(p_("plan record", "Year"), validators=YEAR)
    heading = models.CharField(p_("plan record", "Heading"), max_length=80, validators=[NO_LONG_NUMBERS])
    text = text_field(p_("plan record", "What it is"))
    suggestion = text_field(p_("plan record", "What should be done"))
    due_on = models.DateField(p_("plan record", "Until"), null=True, blank=True)
    progress = text_field(p_("plan record", "What has been done"))
    outcome = text_field(p_("plan record", "What came of it"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["kind", "-year", "-created_at", "id"]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """As any paper of a unit; good practice and demonstration units every unit of the area, so that they spread."""
        shared = Q(kind__in=["practice", "demonstration"]) & ~Q(state="dropped") & in_area(actor)
        return super().scope(actor) | (shared if actor.role in (Role.LIAISON, Role.LEAD) else NOTHING)

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """A unit enters what is its own; the offices and the groups for any unit of the area."""
        super().tune(name, field, actor)
        runs = (
            is_bureau(actor)
            or is_office(actor)
            or any(self.seats(g, actor) for g in ("monitoring", "evaluation"))
        )
        if name == "agency" and isinstance(field, ModelChoiceField) and not runs:
            field.queryset = Agency.objects.filter(pk__in=[actor.agency_id])
            field.initial = actor.agency_id

    def title(self) -> str:
        return f"{self.get_kind_display()} · {self.heading}"

    def facts_shown(self) -> list[tuple[Any, Any]]:
        about = dictionary().targets.get(self.target)
        names = ("year", "text", "suggestion", "due_on", "progress", "outcome", "remark")
        return [(_("Unit"), self.agency), (_("Target"), about.name if about else ""), *labelled(self, *names)]

    def drawn(self) -> dict[str, Any]:
        """As it stands in a report."""
        about = dictionary().targets.get(self.target)
        return {"kind": self.kind, "heading": self.heading, "owner": str(self.agency), "target": about.name if about else "",
                "text": self.text, "suggestion": self.suggestion, "progress": self.progress, "outcome": self.outcome,
                "due_on": self.due_on.isoformat() if self.due_on else "", "state": str(self.state)}  # fmt: skip


class Proposal(Seated, LifeModel):
    """A scheme, or a new version of the dictionary: shown as differences, decided by the leading group."""

    class Kind(models.TextChoices):
        DICTIONARY = "dictionary", p_("proposal", "New version of the indicator dictionary")
        MONITORING = "monitoring", p_("proposal", "Scheme of monitoring")
        EVALUATION = "evaluation", p_("proposal", "Scheme of evaluation")

    flow: ClassVar[Workflow] = PROPOSAL
    panel_template: ClassVar[str] = "monitor/_proposal.html"

    state = StateField(PROPOSAL)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(p_("proposal", "Kind of proposal"), max_length=12, choices=Kind)
    text = text_field(p_("proposal", "Text, or why the dictionary changes"))
    source = models.TextField(editable=False, blank=True)
    digest = models.CharField(max_length=64, editable=False, blank=True)
    remark = remark_field(_("Reason"))

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Bureau and office of the area, and the three groups."""
        if actor.role not in SITTERS:
            return NOTHING
        own = in_area(actor) if is_bureau(actor) or is_office(actor) else NOTHING
        return own | sits_in(actor, *GROUPS_THAT_WORK)

    def title(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("monitor:proposal", args=[self.pk])

    def says_something(self) -> bool:
        if self.kind != self.Kind.DICTIONARY:
            return bool(self.text)
        before = approved(self.area_id)
        return before is None or before.digest != dictionary().digest

    def twins(self) -> "models.QuerySet[Proposal]":
        rows = Proposal.objects.filter(area=self.area_id, kind=self.kind, state="proposed").exclude(
            pk=self.pk
        )
        return cast("models.QuerySet[Proposal]", rows)

    def differences(self) -> list[tuple[str, str, str, str]]:
        """Against the version that was approved before this one; everything is new where there was none."""
        if self.kind != self.Kind.DICTIONARY:
            return []
        rows = Proposal.objects.filter(area=self.area_id, kind=self.kind, state="approved")
        before = rows.filter(created_at__lt=self.created_at).order_by("-created_at").first()
        return changes(before.source if before else "", self.source)

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {"differences": self.differences()}


def approved(area: str) -> Proposal | None:
    """The dictionary the leading group approved last."""
    rows = Proposal.objects.filter(area=area, kind=Proposal.Kind.DICTIONARY, state="approved")
    return rows.order_by("-created_at").first()


def the_file() -> dict[str, str]:
    """The columns of a proposal of the file as it lies there."""
    return {"source": DATA.read_text("utf-8"), "digest": dictionary().digest}
