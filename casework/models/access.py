"""The leave to read a minor's data: asked for, granted by a duty leader, ending by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.forms import Field
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.scope import ScopedQuerySet
from casework.minor_access import FLOW, OPEN, WAITING, Why
from casework.models.case import Case
from privacy.actors import ActorLike
from privacy.audit import Purpose
from privacy.errors import NotApproved
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow

# Another body reads only what was handed over to it for its own duty, by its own rules.
READERS = frozenset({Role.OPERATOR, Role.CASEWORKER, Role.LEAD})


class LeaveQuerySet(ScopedQuerySet):
    def good(self, now: datetime) -> "LeaveQuerySet":
        return self.filter(state__in=OPEN, until__gt=now)

    def waiting(self) -> "LeaveQuerySet":
        return self.filter(state__in=WAITING).order_by("created_at")


class MinorAccess(LifeModel):
    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "casework/_access.html"
    in_emergency: ClassVar[bool] = True

    state = StateField(FLOW)
    case = models.ForeignKey(Case, models.PROTECT, related_name="minor_accesses", editable=False)
    person = models.ForeignKey(
        "casework.Person", models.PROTECT, related_name="minor_accesses", editable=False
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    why = models.CharField(p_("minor access", "What for"), max_length=16, choices=Why.choices)
    reason = SealedText(p_("minor access", "Why now"), pad=256, max_length=1000, blank=True, null=True)
    until = models.DateTimeField(p_("minor access", "Good until"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = LeaveQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes: ClassVar = [models.Index(fields=["person", "asked_by", "until"], name="minor_access_good")]

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
        return {"why": self.why}

    def agency_for(self, owner: str) -> UUID | None:
        return self.case.agency_id if owner == "wf" else None

    def title(self) -> str:
        return f"{self.flow.label} · {self.case.reference}"

    def get_absolute_url(self) -> str:
        return reverse("casework:access", args=[self.pk])

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if name == "until":
            field.required = True
            field.help_text = _("No longer than the work needs, at most 90 days.")

    @property
    def is_good(self) -> bool:
        return self.state in OPEN and self.until is not None and self.until > timezone.now()


def require_leave(rows: Sequence[Any], *, actor: ActorLike, purpose: str) -> None:
    """Workers of a federation open a minor's data with a leave of their own. A search answers with masks only."""
    if purpose == Purpose.SEARCH or actor.role not in READERS:
        return
    minors = {row.id: row.case_id for row in rows if row.is_minor}
    if not minors:
        return
    mine = MinorAccess.objects.filter(person__in=minors, asked_by_id=actor.user_id)
    missing = minors.keys() - set(mine.good(timezone.now()).values_list("person_id", flat=True))
    if missing:
        raise NotApproved(minors[min(missing)], sorted(missing))
