"""Her consent: for one body, for one purpose, until a day. Withdrawn, it closes what rested on it."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.models import Case
from privacy.history import sealed_history
from referrals.codes import NEVER, GivenBy, How, Service
from referrals.workflow import CONSENTS, OURS, C
from workflow.state import StateField
from workflow.table import Workflow


class Consent(Measure):
    flow: ClassVar[Workflow] = CONSENTS
    panel_order: ClassVar[int] = 49
    panel_template: ClassVar[str] = "referrals/_consent.html"
    closable: ClassVar[tuple[str, ...]] = OURS

    state = StateField(CONSENTS)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("For which body"))
    service = models.CharField(_("For which service"), max_length=24, choices=Service)
    ends_on = models.DateField(_("Last day"))
    given_by = models.CharField(_("Given by"), max_length=12, choices=GivenBy)
    how = models.CharField(_("How it was given"), max_length=12, choices=How)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "agency", "service"], name="consent_for")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {"service": self.service, "given_by": self.given_by}

    def tune(self, name: str, field: forms.Field, actor: Actor) -> None:
        if name == "agency" and isinstance(field, forms.ModelChoiceField):
            field.queryset = Agency.objects.filter(is_active=True).exclude(kind__in=NEVER)

    def holds_on(self, day: date) -> bool:
        return self.state == C.IN_FORCE and self.ends_on >= day

    @property
    def is_over(self) -> bool:
        """The last day is past, without anybody having withdrawn it."""
        return self.state == C.IN_FORCE and self.ends_on < timezone.localdate()
