"""A warning letter asked for, issued, served and visited. State changes only through the table."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.measures.warning_letter.needs import CLEAN_VISITS
from casework.measures.warning_letter.workflow import FLOW, S
from casework.models import Case, SafetyPlan
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import StepRecord
from workflow.state import StateField
from workflow.table import Workflow


class LetterType(models.TextChoices):
    VIOLENCE = "dv", _("Domestic violence")
    HARASSMENT = "harassment", _("Sexual harassment")


class Origin(models.TextChoices):
    FEDERATION = "federation", _("The federation asks")
    VICTIM = "victim", _("The victim asks")
    POLICE = "police", _("Police inform the federation")


class Ground(models.TextChoices):
    """Grounds on which a letter generally shall or must be issued: the union of GJ34 6 and IMAR 22."""

    CRITICISED_BEFORE = "criticised_before", _("Criticised and educated before (GJ34 6, IMAR 22)")
    PROTECTED_GROUP = (
        "protected_group",
        _("Minor, elderly, disabled, pregnant, nursing or seriously ill (GJ34 6, IMAR 22)"),
    )
    PUBLIC_PLACE = "public_place", _("In a public place (GJ34 6)")
    VICTIM_ASKS = "victim_asks", _("The victim asks for it (GJ34 6)")
    NOT_FORGIVEN = "not_forgiven", _("The victim does not forgive (IMAR 22)")
    OTHER = "other", p_("ground", "Other")


class WarningLetter(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 20
    panel_template: ClassVar[str] = "warning_letter/_panel.html"

    state = StateField(FLOW)
    letter_type = models.CharField(
        _("Type of letter"), max_length=16, choices=LetterType, default=LetterType.VIOLENCE
    )
    origin = models.CharField(_("Who asked"), max_length=16, choices=Origin, default=Origin.FEDERATION)
    grounds = ArrayField(
        models.CharField(max_length=24, choices=Ground), verbose_name=_("Grounds"), default=list, blank=True
    )
    police_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("Police station"),
        limit_choices_to={"kind": AgencyKind.POLICE}, null=True, blank=True,
    )  # fmt: skip
    case_number = models.CharField(_("Police case number"), max_length=40, blank=True)
    letter_number = models.CharField(_("Number of the letter"), max_length=40, blank=True)
    on_the_spot = models.BooleanField(_("Issued on the spot"), default=False)
    second_letter_reason = SealedText(
        _("Why a second letter and no penalty"), max_length=1000, blank=True, null=True
    )
    refused_to_sign = models.BooleanField(_("Refused to sign"), default=False)
    refusal_on_video = models.BooleanField(_("Refusal noted and recorded on video"), default=False)
    served_guardian = models.BooleanField(_("Served on the victim's guardian"), default=False)
    notice_noted = models.BooleanField(default=False, editable=False)
    clean_visits = models.PositiveSmallIntegerField(default=0, editable=False)
    relapses = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["police_agency", "state"])]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; police only the letters addressed to their own station."""
        if actor.role == Role.LIAISON and actor.kind == AgencyKind.POLICE:
            return Q(police_agency=actor.agency_id)
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def case_has_person(self, role: str) -> bool:
        return self.case.persons.filter(role=role).exists()

    def case_has_incident(self) -> bool:
        return self.case.incidents.exists()

    def case_has_safety_plan(self) -> bool:
        return SafetyPlan.objects.filter(case_id=self.case_id).exists()

    def own_facts(self) -> dict[str, Any]:
        return {
            "letter_type": self.letter_type,
            "refused_to_sign": self.refused_to_sign,
            "second": self.earlier_letters(),
        }

    def agency_for(self, owner: str) -> UUID | None:
        return self.police_agency_id if owner == "police" else super().agency_for(owner)

    @property
    def ground_labels(self) -> list[str]:
        return [str(Ground(ground).label) for ground in self.grounds]

    @property
    def is_visited(self) -> bool:
        return self.state in {S.SERVED, S.RELAPSED, S.ENDED}

    def was_served(self) -> bool:
        return StepRecord.objects.filter(obj_id=self.pk, move="serve").exists()

    def earlier_letters(self) -> bool:
        """Was a letter already issued in this case (counted by letter, W18)?"""
        issued = Q(state__in=[S.ISSUED, S.SERVICE_ASKED, S.SERVED, S.RELAPSED, S.ENDED]) | Q(relapses__gt=0)
        return WarningLetter.objects.filter(issued, case_id=self.case_id).exclude(pk=self.pk).exists()

    @property
    def clean_visit_goal(self) -> int:
        """Clean visits in a row that end it. Whether the first, 7-day visit counts is open (law.md Q3): a setting."""
        return CLEAN_VISITS + (0 if settings.LETTER_COUNTS_FIRST_VISIT else 1)
