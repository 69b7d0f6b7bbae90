"""A criminal matter of a case, as far as it is known. Each body sees it once it is with them."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.measure import Measure
from casework.measures.criminal_track.codes import Complexity, Custody, Grade, Offence, Verdict
from casework.measures.criminal_track.workflow import FLOW, S
from casework.models import Case
from casework.models.case import codes
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


def _body(label: Any, kind: AgencyKind) -> "models.ForeignKey[Agency | None, Agency | None]":
    return models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        limit_choices_to={"kind": kind},
    )  # fmt: skip


class CriminalTrack(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 30
    panel_template: ClassVar[str] = "criminal_track/_panel.html"

    state = StateField(FLOW)
    offences = codes(_("What it is taken as"), Offence)
    police_agency = _body(_("Police"), AgencyKind.POLICE)
    procuratorate_agency = _body(_("Procuratorate"), AgencyKind.PROCURATORATE)
    court_agency = _body(_("Court"), AgencyKind.COURT)
    case_number = models.CharField(_("Police case number"), max_length=40, blank=True)
    appraisal = models.CharField(_("Appraisal"), max_length=12, choices=Complexity, blank=True)
    grade = models.CharField(_("Grade of the injury"), max_length=12, choices=Grade, blank=True)
    custody = models.CharField(_("Where he is"), max_length=12, choices=Custody, blank=True)
    verdict = models.CharField(_("Sentence"), max_length=12, choices=Verdict, blank=True)
    months = models.PositiveSmallIntegerField(_("Months, if a term was set"), null=True, blank=True)
    work_ban = models.BooleanField(_("Barred from an occupation"), default=False)
    victim_order = models.BooleanField(_("Forbidden to approach her while on probation"), default=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["police_agency", "state"], name="crime_police")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; the police their own; procuratorate and court once it is with them."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        if actor.agency_id is None:
            return NOTHING
        return {
            AgencyKind.POLICE: Q(police_agency_id=actor.agency_id),
            AgencyKind.PROCURATORATE: Q(procuratorate_agency_id=actor.agency_id) & ~Q(state__in=[S.REPORTED]),
            AgencyKind.COURT: Q(court_agency_id=actor.agency_id, state__in=[S.PROSECUTED, S.CONVICTED, S.ACQUITTED]),
        }.get(AgencyKind(actor.kind), NOTHING)  # fmt: skip

    def own_facts(self) -> dict[str, Any]:
        return {
            "offences": sorted(self.offences),
            "grade": self.grade,
            "verdict": self.verdict,
            "custody": self.custody,
        }

    def agency_for(self, owner: str) -> UUID | None:
        return self.police_agency_id if owner in ("police", "police_appraisal") else super().agency_for(owner)

    @property
    def offence_labels(self) -> list[str]:
        return [str(Offence(offence).label) for offence in self.offences]

    @property
    def is_out(self) -> bool:
        return self.custody in (Custody.FREE, Custody.BAILED)
