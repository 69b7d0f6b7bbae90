"""A talk with an employer about rights at work. The woman is not named in it; the employer's name is sealed."""

from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.measure import Measure
from casework.measures.joint_talk.workflow import FLOW, S
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class Subject(models.TextChoices):
    HIRING = "hiring", _("Refused or turned away in hiring")
    PAY = "pay", _("Unequal pay or promotion")
    PREGNANCY = "pregnancy", _("Pay cut or dismissal over marriage, pregnancy, birth or nursing")
    PROTECTION = "protection", _("Special protection at work not given")
    INSURANCE = "insurance", _("Social insurance not paid")
    HARASSMENT = "harassment", _("Sexual harassment not prevented or dealt with")
    OTHER = "other", p_("talk subject", "Another right at work")


def _partner(label: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        limit_choices_to={"kind": AgencyKind.PARTNER},
    )  # fmt: skip


class JointTalk(Measure):
    """`absences`: how often the employer did not come. `serial` counts within the federation's `year`."""

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 82
    panel_template: ClassVar[str] = "joint_talk/_panel.html"
    page_texts = ("employer", "facts_of_matter", "demand")

    state = StateField(FLOW)
    labour_office = _partner(_("Labour authority that leads"))
    union = _partner(_("Trade union that takes part"))
    subject = models.CharField(_("Which right it is about"), max_length=12, choices=Subject)
    employer = SealedText(_("Employer"), pad=64, max_length=120)
    facts_of_matter = SealedText(
        _("The facts, without names"), pad=256, max_length=4000,
        help_text=_("This leaves the house: write “the woman”, “the man”, “the child”; no address, no reporter."),
    )  # fmt: skip
    demand = SealedText(_("What is asked for"), pad=256, max_length=2000)
    talk_on = models.DateTimeField(_("Day and hour of the talk"), null=True, blank=True)
    place = models.CharField(p_("talk", "Place of the talk"), max_length=80, blank=True)
    rectify_by = models.DateField(
        _("To be put right by"), null=True, blank=True, help_text=_("Set at the talk; the law names no day.")
    )
    absences = models.PositiveSmallIntegerField(default=0, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["labour_office", "state"], name="joint_talk_labour"),
            models.Index(fields=["union", "state"], name="joint_talk_union"),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The case's own people; the labour authority once it was asked, the union once there is a day."""
        if actor.role == Role.LIAISON:
            asked = ~Q(state__in=[S.DRAFTED, S.DROPPED])
            union = Q(union_id=actor.agency_id) & ~Q(state__in=[S.PROPOSED, S.REFUSED])
            return asked & (Q(labour_office_id=actor.agency_id) | union)
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    @property
    def number(self) -> str:
        """The document number, once there is one."""
        return f"妇约〔{self.year}〕{self.serial}号" if self.serial else ""

    def next_serial(self, year: int) -> int:
        """Numbers of one federation and year follow each other without gaps; needs a transaction."""
        with connection.cursor() as cursor:
            key = f"joint_talk:{self.home_id}:{year}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        rows = JointTalk.objects.filter(case__agency=self.case.agency, year=year)
        return int(rows.aggregate(last=Max("serial"))["last"] or 0) + 1

    def own_facts(self) -> dict[str, Any]:
        return {"subject": self.subject, "absences": self.absences, "found": self.asked.get("found", "")}

    def wants_visits(self) -> bool:
        """A talk about work is no reason to look after her at home."""
        return False

    def owed(self) -> Any:
        if self.state == S.PROPOSED:
            return _("Lead a joint talk with an employer, or say why not")
        return super().owed()
