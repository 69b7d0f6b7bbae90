"""A petition to the federation. What is told against somebody is never shown to him (XF 30)."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.measures.petition.codes import Category, Result, Route, Source
from casework.measures.petition.workflow import FLOW
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import Deadline
from workflow.state import StateField
from workflow.table import Workflow


class Petition(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 80
    panel_template: ClassVar[str] = "petition/_panel.html"
    page_texts = ("summary",)
    page_roles = ("victim",)

    state = StateField(FLOW)
    source = models.CharField(_("How it came"), max_length=12, choices=Source, default=Source.DIRECT)
    category = models.CharField(
        _("Which right it is about"), max_length=12, choices=Category, default=Category.MARRIAGE
    )
    named = models.BooleanField(_("Name and address are clear"), default=False)
    summary = SealedText(_("What is asked for, and why"), pad=256, max_length=4000)
    passed_on_by = models.CharField(_("Passed on by"), max_length=80, blank=True)
    legal_way = models.CharField(_("Legal route"), max_length=12, choices=Route, blank=True)
    extended_to = models.DateField(_("New end"), null=True, blank=True)
    result = models.CharField(_("Result"), max_length=16, choices=Result, blank=True)
    opinion_number = models.CharField(_("Number of the opinion"), max_length=40, blank=True)
    urgent = models.BooleanField(default=False, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; nobody else."""
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {
            "source": self.source, "category": self.category, "named": self.named, "legal_way": self.legal_way,
            "result": self.result, "urgent": self.urgent,
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return self.case.agency.escalates_to_id if owner == "superior_body" else super().agency_for(owner)

    def case_runs_notice(self) -> bool:
        return self.case.has_open_clock("xf_notice_15d")

    def extended_before(self) -> bool:
        return bool(type(self).objects.filter(pk=self.pk).exclude(extended_to=None).exists())

    def sixty_days_end(self) -> date | None:
        """Their last day; None where nobody knows when they began."""
        row = Deadline.objects.filter(obj_id=self.pk, clock="xf_conclude_60d").order_by("-created_at").first()
        return timezone.localdate(row.legal_expiry) if row and row.legal_expiry else None
