"""Somebody asks that a case, or one person in it, be shredded. Codes and ids only: this row outlives the keys."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.scope import ScopedQuerySet
from casework.models.case import Case
from casework.models.people import Person
from casework.retention import kept_until
from casework.shredding import FLOW, D, DueWhy
from privacy.history import sealed_history
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow


class Shredding(LifeModel):
    """`person`: of her alone; None: the whole case. `files`: what lay in the store and is not yet deleted there."""

    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "casework/_shredding.html"

    state = StateField(FLOW)
    case = models.ForeignKey(Case, models.PROTECT, related_name="shreddings", editable=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    why = models.CharField(p_("shredding", "Reason"), max_length=12, choices=DueWhy)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    due_at = models.DateTimeField(null=True, editable=False)
    files = ArrayField(models.UUIDField(), default=list, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history(excluded=("files",))

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(state__in=(D.ASKED, D.WAITING)),
                nulls_distinct=False,
                name="shredding_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.flow.key} {self.state}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def subject_id(self) -> UUID:
        return self.case_id

    @property
    def home_id(self) -> UUID | None:
        return self.case.agency_id

    def seal_owner(self) -> UUID:
        return self.case_id

    def facts(self) -> dict[str, Any]:
        return {"why": self.why, "one_person": self.person_id is not None}

    def title(self) -> str:
        return f"{self.flow.label} · {self.case.reference}"

    def get_absolute_url(self) -> str:
        return reverse("casework:shredding", args=[self.pk])

    def is_held(self) -> bool:
        return FileMark.objects.on(self.case_id, MarkKind.HOLD)

    def kept_until(self) -> date | None:
        return kept_until(self.case)

    def law_allows(self) -> bool:
        """Whose time is over; a mistake is no file; her wish counts as long as nothing is in the archive."""
        until = self.kept_until()
        if until is not None and until < timezone.localdate(self.moment):
            return True
        if self.why == DueWhy.MISTAKE:
            return until is None or self.person_id is not None
        return self.why == DueWhy.HER_WISH and self.person_id is not None and until is None
