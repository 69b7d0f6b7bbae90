"""A mediation between people at odds. `asked_apart`: each was asked alone about fear and violence."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from casework.codes import Form
from casework.measure import Measure
from casework.measures.family_mediation.codes import Mediator, Subject
from casework.measures.family_mediation.workflow import FLOW
from casework.models import Case
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class FamilyMediation(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 70
    panel_template: ClassVar[str] = "family_mediation/_panel.html"
    page_texts = ("terms", "wishes")
    page_roles = ("victim", "respondent", "child")

    state = StateField(FLOW)
    subjects = codes(_("What they are at odds about"), Subject)
    mediator = models.CharField(
        _("Who mediates"), max_length=12, choices=Mediator, default=Mediator.FEDERATION
    )
    asked_apart = models.BooleanField(_("Each was asked alone: no violence, no fear"), default=False)
    both_willing = models.BooleanField(_("Both want it of their own free will"), default=False)
    wishes = SealedText(_("What each of them wishes"), pad=256, max_length=2000, blank=True, null=True)
    terms = SealedText(_("What was agreed"), pad=256, max_length=4000, blank=True, null=True)
    signed = models.BooleanField(_("Signed by both"), default=False)
    follow_up_on = models.DateField(_("Day on which both are asked again"), null=True, blank=True)
    seen_forms = codes(_("Forms of violence"), Form)
    talks = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; nobody else."""
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def own_facts(self) -> dict[str, Any]:
        return {"subjects": sorted(self.subjects), "mediator": self.mediator, "talks": self.talks}

    def danger_now(self) -> str:
        """As it stands in the database: the case in memory may be of before the last assessment."""
        return str(Case.objects.filter(pk=self.case_id).values_list("danger", flat=True).get())

    @property
    def subject_labels(self) -> list[str]:
        return [str(Subject(code).label) for code in self.subjects]
