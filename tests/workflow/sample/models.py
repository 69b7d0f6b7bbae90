from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies.actor import Actor
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from privacy.fields import SealedText
from privacy.history import sealed_history
from tests.workflow.sample.table import FLOW
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow

SORTS = [("bread", "Bread"), ("milk", "Milk")]


class Errand(LifeModel):
    flow: ClassVar[Workflow] = FLOW

    state = StateField(FLOW)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    number = models.CharField("Number", max_length=10, blank=True)
    due_on = models.DateField("Due on", null=True, blank=True)
    urgent = models.BooleanField("Urgent", default=False)
    weight = models.PositiveSmallIntegerField("Weight", null=True, blank=True)
    sorts = ArrayField(
        models.CharField(max_length=8, choices=SORTS), verbose_name="Sorts", default=list, blank=True
    )
    remark = SealedText("Remark", max_length=100, null=True, blank=True)
    visits = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="errand_number"),
            models.CheckConstraint(condition=Q(weight=None) | Q(weight__lt=100), name="errand_weight"),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(agency=actor.agency_id)

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def facts(self) -> dict[str, Any]:
        return {"urgent": self.urgent, "sorts": self.sorts}

    def agency_for(self, owner: str) -> UUID | None:
        return self.agency_id if owner in {"wf", "police"} else None

    def get_absolute_url(self) -> str:
        return reverse("errand", args=[self.pk])
