"""A household on the watch list of the neighbourhood network, for a time. Its reasons are codes; the rest is sealed."""

from typing import Any, ClassVar

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
from casework.measures.key_watch.workflow import FLOW, SIGN, S
from casework.models import Case
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.state import StateField
from workflow.table import Workflow


class Level(models.IntegerChoices):
    """The house's own five grades; each has its own time until somebody must look again."""

    ONE = 1, _("1 · attention, look again within 90 days")
    TWO = 2, _("2 · concern, within 60 days")
    THREE = 3, _("3 · serious, within 30 days")
    FOUR = 4, _("4 · high, within 14 days")
    FIVE = 5, _("5 · acute, within 7 days")


class Source(models.TextChoices):
    GRID = "grid", _("Grid worker")
    COMMITTEE = "committee", p_("watch source", "Residents' or villagers' committee")
    POLICE = "police", p_("watch source", "Police")
    FEDERATION = "federation", p_("watch source", "Women's federation")
    SCREENING = "screening", _("Screening round")


class Ground(models.TextChoices):
    REPEATED = "repeated", _("Repeated violence")
    HIGH_DANGER = "high_danger", _("High danger on the scale")
    LETTER_DEFIED = "letter_defied", _("A warning letter was defied")
    ORDER_BROKEN = "order_broken", _("A protection order was broken")
    RETURNED = "returned", _("The perpetrator is back from custody")
    CHILD = "child", _("A child lives with the violence")
    SEPARATION = "separation", _("Separation or divorce under way")
    OTHER = "other", p_("watch ground", "Other ground")


class KeyWatch(Measure):
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 70
    panel_template: ClassVar[str] = "key_watch/_panel.html"
    page_texts = ("why", "brief")

    state = StateField(FLOW)
    source = models.CharField(_("Who brought it up"), max_length=16, choices=Source)
    grounds = ArrayField(
        models.CharField(max_length=16, choices=Ground), verbose_name=_("Grounds"), default=list
    )
    level = models.PositiveSmallIntegerField(_("Level"), choices=Level)
    review_on = models.DateField(
        _("Look again by"), help_text=_("Without a review the watch ends by itself at the end of this day.")
    )
    watcher = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who looks in"),
        limit_choices_to={"kind__in": [AgencyKind.COMMITTEE, AgencyKind.POLICE]},
    )  # fmt: skip
    why = SealedText(_("Why, in facts"), pad=256, max_length=2000, blank=True)
    brief = SealedText(
        _("For whoever looks in"), pad=256, max_length=1000, blank=True, null=True,
        help_text=_("Which household, where, and what to mind. They see only what you write here. Not where she hides."),
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reviewed_until = models.DateField(null=True, editable=False)
    last_sign = models.CharField(max_length=16, blank=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["watcher", "state"], name="key_watch_inbox")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The case's own people; whoever looks in, only while it is on the list."""
        if actor.role == Role.LIAISON:
            return Q(watcher_id=actor.agency_id, state=S.WATCHED)
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        return ("brief",) if actor.role == Role.LIAISON else self.page_texts

    def person_fields_for(self, actor: Actor) -> tuple[str, ...]:
        """Whoever looks in learns what was written for it, and nothing of the file."""
        return () if actor.role == Role.LIAISON else super().person_fields_for(actor)

    @property
    def ground_labels(self) -> list[str]:
        return [str(Ground(ground).label) for ground in self.grounds]

    @property
    def last_sign_label(self) -> str:
        return str(dict(SIGN.choices).get(self.last_sign, ""))

    @property
    def is_live(self) -> bool:
        return bool(self.state == S.WATCHED)

    def own_facts(self) -> dict[str, Any]:
        return {"level": self.level, "source": self.source, "grounds": sorted(self.grounds)}

    def owed(self) -> Any:
        return _("Look in on this household and report what is noticed")
