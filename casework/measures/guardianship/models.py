"""An application to take the guardianship away, temporary care, and who cares afterwards."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import EvidenceClass
from casework.codes import Role as PersonRole
from casework.measure import Measure
from casework.measures.guardianship.codes import Applicant, Carer, Ground, Ward
from casework.measures.guardianship.workflow import FLOW, S
from casework.models import Case
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow

RUNNING = (S.FILED, S.ACCEPTED, S.REVOKED, S.APPOINTED, S.RESTORE_ASKED)
UNSEEN = (S.PREPARED, S.NOT_PURSUED)


class Guardianship(Measure):
    """`in_care`: somebody else takes care for the time being."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 60
    panel_template: ClassVar[str] = "guardianship/_panel.html"
    page_texts = ("account", "ward_wish", "new_guardian_name")
    page_roles = (PersonRole.VICTIM, PersonRole.CHILD, PersonRole.RESPONDENT, PersonRole.GUARDIAN)

    state = StateField(FLOW)
    ward = models.CharField(_("Who is under guardianship"), max_length=12, choices=Ward, default=Ward.MINOR)
    grounds = codes(_("Ground"), Ground)
    applicant = models.CharField(
        _("Who applies"), max_length=16, choices=Applicant, default=Applicant.FEDERATION
    )
    guardians = models.PositiveSmallIntegerField(_("How many guardians it concerns"), default=1)
    account = SealedText(_("Facts and reasons"), pad=256, max_length=4000)
    ward_wish = SealedText(_("What the ward wishes"), pad=256, max_length=2000, blank=True, null=True)
    evidence = codes(_("Evidence"), EvidenceClass)
    court = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("Court"), null=True, blank=True,
        limit_choices_to={"kind": AgencyKind.COURT, "is_active": True},
    )  # fmt: skip
    civil_affairs = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("Civil affairs"), null=True, blank=True,
        limit_choices_to={"kind": AgencyKind.CIVIL_AFFAIRS, "is_active": True},
    )  # fmt: skip
    temporary_by = models.CharField(
        _("Who takes care for the time being"), max_length=16, choices=Carer, blank=True
    )
    in_care = models.BooleanField(default=False, editable=False)
    court_number = models.CharField(_("Court's case number"), max_length=40, blank=True)
    judgment_number = models.CharField(_("Number of the judgment"), max_length=40, blank=True)
    new_guardian = models.CharField(_("New guardian"), max_length=16, choices=Carer, blank=True)
    new_guardian_name = SealedText(
        _("Name of the new guardian"), pad=32, max_length=60, blank=True, null=True
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["court", "state"], name="guardianship_inbox")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; a court what was filed with it; civil affairs where it is asked to care."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        if actor.kind == AgencyKind.COURT:
            return Q(court_id=actor.agency_id) & ~Q(state__in=UNSEEN)
        if actor.kind == AgencyKind.CIVIL_AFFAIRS:
            return Q(civil_affairs_id=actor.agency_id)
        return NOTHING

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        """Whoever cares for the ward needs to know what the ward wishes, not what stands in the application."""
        return ("ward_wish",) if actor.kind == AgencyKind.CIVIL_AFFAIRS else self.page_texts

    def person_fields_for(self, actor: Actor) -> tuple[str, ...]:
        """A court must know exactly who they are (FF10 4 keeps addresses out)."""
        return ("name", "id_number") if actor.kind == AgencyKind.COURT else super().person_fields_for(actor)

    def own_facts(self) -> dict[str, Any]:
        return {
            "ward": self.ward, "grounds": sorted(self.grounds), "applicant": self.applicant, "guardians": self.guardians,
            "new_guardian": self.new_guardian,
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        owners = {"court": self.court_id, "civil_affairs": self.civil_affairs_id}
        return owners[owner] if owner in owners else super().agency_for(owner)

    def case_has_guardian(self) -> bool:
        """The guardian is the perpetrator or a person recorded as guardian."""
        return bool(self.case.persons.filter(role__in=(PersonRole.RESPONDENT, PersonRole.GUARDIAN)).exists())

    def others_running(self) -> bool:
        return bool(
            Guardianship.objects.filter(case=self.case_id, state__in=RUNNING[:2]).exclude(pk=self.pk).exists()
        )

    @property
    def ground_labels(self) -> list[str]:
        return [str(Ground(code).label) for code in self.grounds]

    @property
    def was_revoked(self) -> bool:
        return self.state in {S.REVOKED, S.APPOINTED, S.RESTORE_ASKED, S.SETTLED}
