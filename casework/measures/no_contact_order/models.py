"""A no-contact order by the police: what he did, what is forbidden, until when; told, broken, punished."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.measure import Measure
from casework.measures.no_contact_order.workflow import FLOW, S
from casework.models import Case
from casework.models.case import codes
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class Conduct(models.TextChoices):
    PESTERING = "pestering", p_("conduct", "Pestering")
    CLINGING = "clinging", p_("conduct", "Clinging, not letting go")
    FOLLOWING = "following", p_("conduct", "Following")


class Forbidden(models.TextChoices):
    MEETING = "meeting", p_("forbidden", "To meet or approach her")
    CALLING = "calling", p_("forbidden", "To call, write or message her")
    OTHERS = "others", p_("forbidden", "To reach her through others")
    PLACES = "places", p_("forbidden", "To come to her home, work place or school")


class NoContactOrder(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 25
    panel_template: ClassVar[str] = "no_contact_order/_panel.html"

    state = StateField(FLOW)
    police_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Police"),
        limit_choices_to={"kind": AgencyKind.POLICE},
    )  # fmt: skip
    conduct = codes(_("What he did"), Conduct)
    forbidden = codes(_("What is forbidden to him"), Forbidden)
    approved = models.BooleanField(_("Approved by the head of the police organ"), default=False)
    number = models.CharField(_("Number of the order"), max_length=40, blank=True)
    ends_on = models.DateField(_("Last day of the order"), null=True, blank=True)
    told = models.BooleanField(default=False, editable=False)
    breaches = models.PositiveSmallIntegerField(default=0, editable=False)
    detentions = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["police_agency", "state"], name="no_contact_police")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; police their own; the committee of the town while it is in force."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        if actor.agency_id is None:
            return NOTHING
        if actor.kind == AgencyKind.POLICE:
            return Q(police_agency_id=actor.agency_id) & ~Q(state__in=[S.DRAFTED, S.DROPPED])
        if actor.kind == AgencyKind.COMMITTEE:
            areas = Agency.objects.filter(pk=actor.agency_id).values("area_id")
            return Q(state=S.IN_FORCE, case__area_id__in=areas)
        return NOTHING

    def own_facts(self) -> dict[str, Any]:
        return {"conduct": sorted(self.conduct), "breaches": self.breaches, "detentions": self.detentions}

    def agency_for(self, owner: str) -> UUID | None:
        return self.police_agency_id if owner == "police" else super().agency_for(owner)

    @property
    def is_live(self) -> bool:
        return str(self.state) == S.IN_FORCE

    @property
    def days_left(self) -> int | None:
        return (self.ends_on - _today()).days if self.is_live and self.ends_on else None

    @property
    def conduct_labels(self) -> list[str]:
        return [str(Conduct(code).label) for code in self.conduct]

    @property
    def forbidden_labels(self) -> list[str]:
        return [str(Forbidden(code).label) for code in self.forbidden]


def _today() -> date:
    return timezone.localdate()
