"""A planned contact with her, and how often there is to be one. What a visit found is sealed or coded."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.calling import may_call
from casework.codes import Danger, Form, Wish
from casework.measure import InboxRow, Measure
from casework.measures.follow_up_visit.cadence import Rhythm, house_rhythm, level_of
from casework.measures.follow_up_visit.codes import Answer, Basis, Company, VisitChannel
from casework.measures.follow_up_visit.effects import TRACE_ELSE, TRACE_WITHIN
from casework.measures.follow_up_visit.workflow import ASKED, FLOW, OPEN, S
from casework.models import Case, SafeContact
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.engine import begin
from workflow.registry import lives
from workflow.state import StateField
from workflow.table import Workflow

WEEK = timedelta(days=7)
RUNGS = (_("Our own attempt"), _("Another safe channel"), _("Committee looks in"), _("Police check"))
# Whether he keeps to it is only asked while there is something to keep to.
KEEPS = {"order_kept": "protection_order", "letter_kept": "warning_letter"}


def _agency(label: Any, kind: AgencyKind) -> Any:
    return models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        limit_choices_to={"kind": kind, "is_active": True},
    )  # fmt: skip


def _answer_by(visit: Any) -> datetime | None:
    found: datetime | None = visit.answer_by
    return found


def _choices(field: Any) -> list[tuple[str, Any]]:
    return list(field.choices)


def _answer(label: Any) -> Any:
    return models.CharField(label, max_length=8, choices=Answer, blank=True)


class FollowUpVisit(Measure):
    """`start_at`, `round`: its place in a plan; a visit without them stands alone. `of_flow`, `of_id`: the life it serves.

    `assessed`: for the danger plan, the assessment that it answers to.
    """

    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 60
    panel_template: ClassVar[str] = "follow_up_visit/_panel.html"

    state = StateField(FLOW)
    basis = models.CharField(_("Why this visit"), max_length=16, choices=Basis, default=Basis.DANGER)
    due_at = models.DateTimeField(_("Due"))
    start_at = models.DateTimeField(null=True, editable=False)
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    of_flow = models.CharField(max_length=40, blank=True, editable=False)
    of_id = models.UUIDField(null=True, editable=False)
    assessed = models.UUIDField(null=True, editable=False)
    channel = models.CharField(_("How"), max_length=16, choices=VisitChannel, blank=True)
    safe_to_talk = models.BooleanField(
        _("Is it safe to talk now?"), default=False,
        help_text=_("Ask this first, so that yes or no is enough. No: end the call and set another time."),
    )  # fmt: skip
    company = models.CharField(_("Who is within hearing"), max_length=12, choices=Company, blank=True)
    new_violence = _answer(_("New violence since the last contact"))
    violence_forms = codes(_("Forms of the new violence"), Form)
    injured = models.BooleanField(_("She was injured"), default=False)
    safe_place = _answer(_("She is in a safe place"))
    order_kept = _answer(_("He keeps to the protection order"))
    letter_kept = _answer(_("He keeps to the warning letter"))
    wants = codes(_("What she needs now"), Wish)
    help_given = SealedText(_("What was done"), pad=256, max_length=2000, blank=True, null=True)
    signed = models.BooleanField(_("Signed by her"), default=False)
    next_due_at = models.DateTimeField(
        _("Next visit"), null=True, blank=True, help_text=_("Empty: as the plan says.")
    )
    account = SealedText(
        _("What she said"), pad=256, max_length=4000, blank=True, null=True,
        help_text=_("New violence: when, where, what, which injuries, who was there."),
    )  # fmt: skip
    helper = _agency(_("Committee"), AgencyKind.COMMITTEE)
    police_agency = _agency(_("Police station"), AgencyKind.POLICE)
    brief = SealedText(_("For those who look in on her"), pad=256, max_length=1000, blank=True, null=True)
    asked_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="visit_due", condition=Q(state__in=OPEN)),
            models.Index(fields=["case", "basis"], name="visit_case"),
            models.Index(fields=["helper"], name="visit_helper", condition=Q(state="entrusted")),
            models.Index(fields=["police_agency"], name="visit_police", condition=Q(state="with_police")),
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; whoever is asked to look in on her, only while they are asked."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        match actor.kind:
            case AgencyKind.COMMITTEE:
                return Q(helper_id=actor.agency_id, state=S.ENTRUSTED)
            case AgencyKind.POLICE:
                return Q(police_agency_id=actor.agency_id, state=S.WITH_POLICE)
        return NOTHING

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def call(self) -> dict[str, Any]:
        """May she be called at this moment, why, and when next."""
        allowed, why, following = may_call(self.contact(), timezone.now())
        return {"allowed": allowed, "why": why, "next": following}

    def rungs(self) -> list[tuple[Any, str]]:
        """(word, passed | now | next): own attempt, another safe channel, committee, police; empty before any search."""
        if self.state == S.PLANNED and not self.attempts:
            return []
        asked_before = self.helper_id is not None and self.attempts > 0
        at = {S.WITH_POLICE: 3, S.ENTRUSTED: 2}.get(
            S(self.state), 3 if asked_before else min(self.attempts, 2)
        )
        return [(word, "passed" if n < at else "now" if n == at else "next") for n, word in enumerate(RUNGS)]

    @property
    def is_asked(self) -> bool:
        return self.state in ASKED

    @property
    def answer_by(self) -> datetime | None:
        """By when whoever was asked should have looked in: our own target."""
        within = TRACE_WITHIN.get(Danger(self.case.danger), TRACE_ELSE)
        return self.asked_at + within if self.asked_at else None

    def within_a_week(self) -> bool:
        return self.due_at <= (self.created_at or timezone.now()) + WEEK

    def get_absolute_url(self) -> str:
        return reverse("follow_up_visit:visit", args=[self.pk])

    def own_facts(self) -> dict[str, Any]:
        known = {Answer.YES: True, Answer.NO: False}
        return {
            "basis": self.basis, "round": self.round, "visit_channel": self.channel, "attempts": self.attempts,
            "new_violence": known.get(Answer(self.new_violence)) if self.new_violence else None,
            "safe_place": self.safe_place, "order_kept": self.order_kept, "letter_kept": self.letter_kept,
            "signed": self.signed,
        }  # fmt: skip

    def agency_for(self, owner: str) -> UUID | None:
        return self.case.agency_id if owner == "handling_unit" else super().agency_for(owner)

    def contact(self) -> SafeContact | None:
        return getattr(self.case, "safe_contact", None)

    def tune(self, name: str, field: forms.Field, actor: Actor) -> None:
        """Only what can be answered is asked; three answers stand side by side; the next safe time is called to mind."""
        if name in KEEPS and not self.has_to_keep(name):
            field.widget = forms.HiddenInput()
        elif isinstance(field, forms.TypedChoiceField) and name not in ("channel", "basis"):
            field.widget = forms.RadioSelect(choices=[choice for choice in _choices(field) if choice[0]])
        elif name == "due_at":
            _allowed, _why, following = may_call(self.contact(), timezone.now())
            if following is not None:
                shown = f"{timezone.localtime(following):%Y-%m-%d %H:%M}"
                field.help_text = _("Next safe time: %(time)s") % {"time": shown}
        elif name == "basis" and not actor.is_system and isinstance(field, forms.ChoiceField):
            field.choices = [choice for choice in Basis.choices if choice[0] != Basis.ORDER_END]

    def has_to_keep(self, name: str) -> bool:
        model: Any = lives().get(KEEPS[name])
        if model is None:
            return False
        if self.of_flow == KEEPS[name]:
            return True
        return any(row.wants_visits() for row in model.objects.filter(case_id=self.case_id))

    def last_assessed_at(self) -> datetime | None:
        row = (
            self.case.assessments.order_by("-created_at", "-id").values_list("created_at", flat=True).first()
        )
        return row if isinstance(row, datetime) else None

    def keeper(self, actor: Actor) -> Actor:
        """Who may touch the tasks of the case: whoever acts, or the system where a liaison acted."""
        return SYSTEM if actor.role == Role.LIAISON else actor

    def mark_asked(self, actor: Actor, at: datetime) -> None:
        self.asked_at = at
        self.acting(actor).save()

    def goes_on(self) -> bool:
        """Is there still a reason for the next visit of this plan?"""
        if self.basis == Basis.CLOSING:
            return bool(self.case.state == "closed")
        if self.basis == Basis.DANGER:
            return bool(self.case.state in ("assessed", "active", "monitoring"))
        if self.basis in (Basis.ORDER, Basis.LETTER) and self.of_id is not None:
            source = lives()[self.of_flow].objects.filter(pk=self.of_id).first()
            return bool(isinstance(source, Measure) and source.wants_visits())
        return self.basis == Basis.SHELTER

    def plan_following(self, now: datetime) -> None:
        """Begin the next visit, once: on the day agreed with her, else as the plan says."""
        following = None
        if self.next_due_at is not None and self.next_due_at > now:
            following = (self.round, self.next_due_at)
        elif self.start_at is not None and self.goes_on():
            rhythm = Cadence.of(self.case.agency_id, self.basis, self.case.danger)
            following = rhythm.after(self.start_at, self.round, now)
        if following is not None:
            begin(
                FollowUpVisit, actor=SYSTEM, key=f"after-{self.pk}", now=now, case=self.case, basis=self.basis,
                round=following[0], due_at=following[1], start_at=self.start_at, of_flow=self.of_flow,
                of_id=self.of_id, assessed=self.assessed,
            )  # fmt: skip

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """For whoever was asked to look in on her: what is asked, by when, three buttons; nothing of the case."""
        template = "follow_up_visit/_owed.html"
        rows = super().inbox_rows(actor)
        return [InboxRow(row.obj, row.owed, None, row.moves, template, _answer_by(row.obj)) for row in rows]


class Cadence(SealedModel):
    """A federation's own rhythm for one reason and one danger level. No row: the rhythm of the house."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    basis = models.CharField(max_length=16, choices=Basis, editable=False)
    danger = models.CharField(max_length=16, choices=Danger, editable=False)
    days = ArrayField(models.PositiveSmallIntegerField())
    every = models.PositiveSmallIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "basis", "danger"], name="one_cadence_each")
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.danger}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        if actor.kind != AgencyKind.FEDERATION or actor.role not in {Role.CASEWORKER, Role.LEAD}:
            return NOTHING
        return Q(agency_id=actor.agency_id)

    @classmethod
    def of(cls, agency_id: UUID | None, basis: str, danger: str) -> Rhythm:
        row = cls.objects.filter(agency_id=agency_id, basis=basis, danger=level_of(danger)).first()
        return Rhythm(tuple(row.days), row.every) if row else house_rhythm(basis, danger)
