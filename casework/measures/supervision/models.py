"""A request of the federation to another body: to act, to answer, to be inspected, to support her suit."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.measures.supervision.workflow import FLOW, S
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.models import Deadline
from workflow.state import StateField
from workflow.table import Workflow


class Subject(models.TextChoices):
    NOT_HANDLED = "not_handled", _("Her complaint was not taken up or put off")
    WRONG = "wrong", _("It was handled against the law")
    HARASSMENT = "harassment", _("The unit does nothing against sexual harassment")
    NOT_REPORTED = "not_reported", _("A duty to report was not kept")
    RIGHTS = "rights", _("Work, land or property rights infringed")
    OTHER = "other", p_("supervision subject", "Another matter")


class ClueKind(models.TextChoices):
    """The five kinds of WPL 77."""

    LAND = "land", _("Membership and land rights in the countryside")
    WORK = "work", _("Equal employment")
    HARASSMENT = "harassment", p_("clue", "A unit that does not prevent harassment")
    MEDIA = "media", _("Degrading content in the media")
    OTHER = "other", _("Other serious harm to women's rights")


class Supervision(Measure):
    """`serial` counts within the federation's `year`, from 1; `answers` since the last request or opinion."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 80
    panel_template: ClassVar[str] = "supervision/_panel.html"

    state = StateField(FLOW)
    addressee = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Body that is asked")
    )
    procuratorate = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Procuratorate"),
        limit_choices_to={"kind": AgencyKind.PROCURATORATE},
    )  # fmt: skip
    subject = models.CharField(_("What it is about"), max_length=16, choices=Subject)
    facts_of_matter = SealedText(
        _("The facts, without names"), pad=256, max_length=4000,
        help_text=_("This leaves the house: write “the woman”, “the man”, “the child”; no address, no reporter."),
    )  # fmt: skip
    demand = SealedText(_("What is asked for"), pad=256, max_length=2000)
    clue_kind = models.CharField(_("Kind of clue (WPL 77)"), max_length=12, choices=ClueKind, blank=True)
    reply_by = models.DateField(
        _("Answer asked for by"),
        null=True,
        blank=True,
        help_text=_("Set by the house; the law names no day."),
    )
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    answers = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["addressee", "state"], name="supervision_inbox")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The case's own people; a body what was sent to it; never the draft."""
        if actor.role == Role.LIAISON:
            sent = ~Q(state__in=[S.DRAFTED, S.DROPPED])
            clues = Q(
                state__in=[S.CLUE, S.SUGGESTED, S.SUED, S.SUPPORT, S.SETTLED],
                procuratorate_id=actor.agency_id,
            )
            return sent & (Q(addressee_id=actor.agency_id) | clues)
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def number(self) -> str:
        """The document number, once there is one."""
        return f"妇督〔{self.year}〕{self.serial}号" if self.serial else ""

    def next_serial(self, year: int) -> int:
        """Numbers of one federation and year follow each other without gaps; needs a transaction."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"supervision:{self.home_id}:{year}"],
            )
        last = Supervision.objects.filter(case__agency=self.case.agency, year=year).aggregate(
            last=Max("serial")
        )
        return int(last["last"] or 0) + 1

    def reply_overdue(self) -> bool:
        clock = (
            Deadline.objects.filter(obj_id=self.pk, clock="supervision_reply").order_by("-created_at").first()
        )
        return (
            clock is not None and clock.due_at is not None and clock.due_at < (self.moment or timezone.now())
        )

    def agency_for(self, owner: str) -> UUID | None:
        if owner in {"addressed_department", "addressee"}:
            return self.addressee_id
        return super().agency_for(owner)

    def own_facts(self) -> dict[str, Any]:
        return {"subject": self.subject, "clue_kind": self.clue_kind, "answer_no": self.answers}

    def owed(self) -> Any:
        if self.state in {S.REQUESTED, S.OPINION, S.INSPECTION}:
            return _("Look into it and answer in writing")
        return super().owed()
