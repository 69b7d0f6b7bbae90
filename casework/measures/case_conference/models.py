"""One conference about one case, so that no sheet holds two women. An invited body sees what it needs, and its own actions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.forms import ChoiceField, Field, ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.bodies import BodiesField, names_of
from casework.measure import InboxRow, Measure
from casework.measures.case_conference.workflow import FLOW, S
from casework.models import Case, Task
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.engine import open_moves
from workflow.state import StateField
from workflow.table import Workflow
from workflow.words import minute_words

NEVER_INVITED = (AgencyKind.FEDERATION, AgencyKind.STATISTICS)


class Ground(models.TextChoices):
    HIGH_DANGER = "high_danger", _("High danger on the scale")
    REPEATED = "repeated", _("Repeated violence")
    ORDER_BROKEN = "order_broken", _("A protection order was broken")
    CHILD = "child", _("A child lives with the violence")
    STUCK = "stuck", _("One body alone cannot go on")


class Basis(models.TextChoices):
    """Why the others may learn of it (PIPL 13, 23)."""

    CONSENT = "consent", _("She agreed to this conference and these bodies")
    URGENT = "urgent", _("Life or health in danger: protection goes before consent")
    DUTY = "duty", p_("basis", "A duty in law to report or to act together")


class CaseConference(Measure):
    """`invited`, `attended`, `confirmed`: ids of bodies. `writer`: who wrote the minutes last and cannot sign them."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 15
    panel_template: ClassVar[str] = "case_conference/_panel.html"
    page_texts = ("brief", "minutes")
    page_roles = ("victim", "respondent")
    open_actions: int = 0  # counted by the agenda

    state = StateField(FLOW)
    ground = models.CharField(_("Why together"), max_length=16, choices=Ground)
    basis = models.CharField(_("Why the others may learn of it"), max_length=12, choices=Basis)
    brief = SealedText(
        _("What the others must know beforehand"), pad=256, max_length=2000,
        help_text=_("Every invited body reads this, with the names of both sides. No address, no reporter, no history."),
    )  # fmt: skip
    meets_at = models.DateTimeField(p_("conference", "Day and hour"), null=True, blank=True)
    place = models.CharField(p_("conference", "Place"), max_length=80, blank=True)
    invited = BodiesField(_("Bodies invited"))
    attended = BodiesField(_("Bodies that came"), help_text=_("If nobody came, set another day instead."))
    confirmed = BodiesField(editable=False)
    minutes = SealedText(_("Minutes"), pad=256, max_length=8000, blank=True, null=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The case's own people; an invited body until the minutes are signed, then only while it owes an action."""
        if actor.role == Role.LIAISON:
            owes = Task.objects.filter(
                assigned_agency_id=actor.agency_id, flow=FLOW.key, done_at=None
            ).order_by()
            live = Q(state__in=[S.CALLED, S.HELD]) | Q(state=S.SIGNED, pk__in=owes.values("obj_id"))
            return Q(invited__contains=[actor.agency_id]) & live
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def actions(self) -> "QuerySet[Task]":
        """The tasks that were agreed here, of every body."""
        return Task.objects.filter(obj_id=self.pk, flow=FLOW.key)

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        """The minutes stay with the federation; a body reads what was written for all."""
        return ("brief",) if actor.role == Role.LIAISON else self.page_texts

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if isinstance(field, ModelMultipleChoiceField):
            rows = Agency.objects.filter(is_active=True).exclude(kind__in=NEVER_INVITED)
            field.queryset = rows.filter(pk__in=self.invited) if name == "attended" else rows
        if name == "body" and isinstance(field, ChoiceField):
            bodies = Agency.objects.filter(pk__in=[self.home_id, *self.invited])
            field.choices = [(str(body.pk), body.name) for body in bodies]

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        """A body sees its own actions and no others."""
        seen = Task.objects.visible_to(actor).filter(obj_id=self.pk, flow=FLOW.key)
        return {
            "actions": seen.select_related("assigned_agency"),
            "invited": names_of(self.invited), "confirmed": names_of(self.confirmed),
            "attended": names_of(self.attended), "ours": actor.role != Role.LIAISON,
        }  # fmt: skip

    def own_facts(self) -> dict[str, Any]:
        return {"ground": self.ground, "basis": self.basis, "bodies": len(self.attended or self.invited)}

    def wants_visits(self) -> bool:
        """What was agreed says who visits; the conference itself does not."""
        return False

    def owed(self) -> Any:
        if self.state != S.CALLED or self.meets_at is None:
            return super().owed()
        at = minute_words(self.meets_at)
        return _("Come to the case conference on %(at)s, and prepare what you know") % {"at": at}

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """An invitation waits until it is answered, by its day; what was agreed waits as tasks."""
        asked = cls.objects.visible_to(actor).filter(state=S.CALLED).select_related("case")
        rows = asked.exclude(confirmed__contains=[actor.agency_id])
        return [InboxRow(one, one.owed(), None, open_moves(one, actor), due=one.meets_at) for one in rows]
