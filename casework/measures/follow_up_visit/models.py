"""A planned contact with her. `due_at` is when it should take place; what it found is sealed or coded."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.measures.follow_up_visit.workflow import FLOW, Basis, S
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class VisitChannel(models.TextChoices):
    PHONE = "phone", p_("visit", "Telephone")
    OFFICE = "office", p_("visit", "At the federation")
    HOME = "home", p_("visit", "At her home")
    ELSEWHERE = "elsewhere", p_("visit", "At another safe place")
    COMMITTEE = "committee", p_("visit", "Through the committee")


class FollowUpVisit(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 60
    panel_template: ClassVar[str] = "follow_up_visit/_panel.html"

    state = StateField(FLOW)
    basis = models.CharField(_("Why this visit"), max_length=16, choices=Basis, default=Basis.DANGER)
    due_at = models.DateTimeField(_("Due"))
    channel = models.CharField(_("How"), max_length=16, choices=VisitChannel, blank=True)
    safe_to_talk = models.BooleanField(_("It is safe to talk now"), default=False)
    new_violence = models.BooleanField(_("New violence"), default=False)
    order_kept = models.BooleanField(_("The protection order is kept"), null=True, blank=True)
    letter_kept = models.BooleanField(_("The warning letter is kept"), null=True, blank=True)
    needs_changed = models.BooleanField(_("She needs something else now"), default=False)
    signed = models.BooleanField(_("Signed by her"), default=False)
    next_due_at = models.DateTimeField(_("Next visit"), null=True, blank=True)
    account = SealedText(_("What she said"), pad=256, max_length=4000, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="visit_due", condition=Q(state__in=["planned", "missed"]))
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def is_open(self) -> bool:
        return self.state in {S.PLANNED, S.MISSED}

    def own_facts(self) -> dict[str, Any]:
        return {"basis": self.basis, "new_violence": self.new_violence, "order_kept": self.order_kept}
