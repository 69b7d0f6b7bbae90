"""Emergency access to one case: who, why, until when, and what the review said."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from casework.break_glass import FLOW, UNREVIEWED, G, GlassWhy
from casework.models.case import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow


class BreakGlass(LifeModel):
    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "casework/_glass.html"
    in_emergency: ClassVar[bool] = True

    state = StateField(FLOW)
    case = models.ForeignKey(Case, models.PROTECT, related_name="glasses", editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    why = models.CharField(p_("break glass", "Why"), max_length=16, choices=GlassWhy)
    reason = SealedText(p_("break glass", "What is happening"), pad=256, max_length=1000, null=True)
    until = models.DateTimeField(p_("break glass", "Open until"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asked_by"], condition=Q(state=G.OPEN), name="one_open_glass")
        ]

    def __str__(self) -> str:
        return f"{self.flow.key} {self.state}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Whoever may see the case, and whoever broke the glass her own."""
        return Q(case__in=Case.objects.visible_to(actor).order_by()) | Q(asked_by_id=actor.user_id)

    @property
    def subject_id(self) -> UUID:
        return self.case_id

    @property
    def home_id(self) -> UUID | None:
        return self.case.agency_id

    def seal_owner(self) -> UUID:
        return self.case_id

    def facts(self) -> dict[str, Any]:
        return {"why": self.why}

    def agency_for(self, owner: str) -> UUID | None:
        return self.case.agency_id if owner == "wf" else None

    def title(self) -> str:
        return f"{self.flow.label} · {self.case.reference}"

    def get_absolute_url(self) -> str:
        return reverse("casework:glass", args=[self.pk])

    def others(self) -> "models.QuerySet[BreakGlass]":
        """What else this person opened."""
        return type(self).objects.filter(asked_by_id=self.asked_by_id).exclude(pk=self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == G.OPEN and self.until is not None and self.until > timezone.now()

    @property
    def is_reviewed(self) -> bool:
        return self.state not in UNREVIEWED
