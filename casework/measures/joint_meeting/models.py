"""A meeting of the district's bodies, and what it resolved. No person is named in it."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.forms import ChoiceField, Field, ModelMultipleChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import ScopedQuerySet
from casework.bodies import BodiesField, names_of
from casework.house import HouseLife, Part
from casework.measure import InboxRow
from casework.measures.joint_meeting.workflow import FLOW, S
from casework.plain import no_numbers
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.engine import open_moves
from workflow.state import StateField
from workflow.table import Workflow
from workflow.when import When
from workflow.words import day_words, minute_words

NO_NAMES = _("No woman, man or child is named here: a single case belongs into a case conference.")


class Kind(models.TextChoices):
    REGULAR = "regular", p_("meeting", "Regular meeting")
    SPECIAL = "special", p_("meeting", "Meeting on one subject")
    LIAISON = "liaison", p_("meeting", "Meeting of the liaisons")


class JointMeeting(HouseLife):
    """`invited`, `attended`, `confirmed`: ids of bodies. `writer`: who wrote the minutes last and cannot sign them."""

    flow: ClassVar[Workflow] = FLOW
    plural = _("Joint meetings")
    panel_template: ClassVar[str] = "joint_meeting/_panel.html"
    page_texts = ("agenda", "minutes")

    state = StateField(FLOW)
    kind = models.CharField(_("Kind of meeting"), max_length=12, choices=Kind, default=Kind.REGULAR)
    meets_at = models.DateTimeField(p_("meeting", "Day and hour"))
    place = models.CharField(p_("meeting", "Place"), max_length=80, blank=True)
    agenda = SealedText(_("Agenda"), pad=256, max_length=4000, help_text=NO_NAMES, validators=[no_numbers])
    invited = BodiesField(_("Bodies invited"), blank=False)
    attended = BodiesField(_("Bodies that came"))
    confirmed = BodiesField(editable=False)
    minutes = SealedText(
        p_("meeting", "Minutes"),
        pad=256,
        max_length=8000,
        blank=True,
        null=True,
        help_text=NO_NAMES,
        validators=[no_numbers],
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-meets_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-meets_at"], name="joint_meeting_list")]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation's own; a body what it is invited to, and where it has something to carry out."""
        if actor.role == Role.LIAISON:
            bound = Resolution.objects.filter(Q(agency_id=actor.agency_id)).order_by().values("meeting_id")
            told = ~Q(state__in=[S.PLANNED, S.DROPPED]) & Q(invited__contains=[actor.agency_id])
            return told | Q(state__in=[S.SIGNED, S.CLOSED], pk__in=bound)
        return cls.of_house(actor)

    @property
    def day(self) -> Any:
        return self.meets_at

    def title(self) -> str:
        return str(self.get_kind_display())

    def own_facts(self) -> dict[str, Any]:
        return {"kind": self.kind, "invited": len(self.invited), "attended": len(self.attended)}

    def texts_for(self, actor: Actor) -> tuple[str, ...]:
        """A body reads the minutes once they are signed."""
        signed = self.state in {S.SIGNED, S.CLOSED}
        return self.page_texts if actor.role != Role.LIAISON or signed else ("agenda",)

    def resolutions_for(self, actor: Actor) -> "QuerySet[Resolution]":
        return Resolution.objects.visible_to(actor).filter(meeting=self).select_related("agency")

    def parts_for(self, actor: Actor) -> list[Part]:
        return [Part(row.label, row, ("text", "outcome")) for row in self.resolutions_for(actor)]

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        return {
            "invited": names_of(self.invited), "confirmed": names_of(self.confirmed),
            "attended": names_of(self.attended), "resolutions": self.resolutions_for(actor),
            "ours": actor.role != Role.LIAISON,
        }  # fmt: skip

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        if isinstance(field, ModelMultipleChoiceField):
            rows = Agency.objects.filter(is_active=True).exclude(kind=AgencyKind.FEDERATION)
            field.queryset = rows.filter(pk__in=self.invited) if name == "attended" else rows
        if name == "body" and isinstance(field, ChoiceField):
            bodies = Agency.objects.filter(pk__in=[self.agency_id, *self.invited])
            field.choices = [(str(body.pk), body.name) for body in bodies]
        if name == "which" and isinstance(field, ChoiceField):
            undone = self.resolutions_for(actor).filter(done_at=None)
            field.choices = [(str(row.pk), row.label) for row in undone]

    def add_resolution(self, *, actor: Actor, agency_id: UUID, text: str, due_on: date) -> None:
        number = self.resolutions.count() + 1
        row = Resolution(meeting=self, number=number, agency_id=agency_id, text=text, due_on=due_on)
        row.acting(actor).save()

    def owed(self) -> Any:
        return _("Come to the meeting on %(at)s") % {"at": minute_words(self.meets_at)}

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """An invitation until it is answered; then each resolution of theirs until it is carried out."""
        rows = cls.objects.visible_to(actor)
        asked = rows.filter(state=S.CALLED).exclude(confirmed__contains=[actor.agency_id])
        found = [InboxRow(one, one.owed(), None, open_moves(one, actor), due=one.meets_at) for one in asked]
        ours = Q(agency_id=actor.agency_id, done_at=None, meeting__state=S.SIGNED)
        mine = Resolution.objects.filter(ours)
        for row in mine.select_related("meeting").order_by("due_on"):
            owed = _("Resolution %(n)s, due %(day)s") % {"n": row.number, "day": day_words(row.due_on)}
            found.append(InboxRow(row.meeting, owed, None, open_moves(row.meeting, actor), due=row.due_at))
        return found


class Resolution(SealedModel):
    """One thing one body carries out. `number` counts within the meeting."""

    meeting = models.ForeignKey(JointMeeting, models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    due_on = models.DateField()
    text = SealedText(_("What is resolved"), pad=256, max_length=5000)
    outcome = SealedText(_("What came of it"), pad=256, max_length=5000, blank=True, null=True)
    done_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="resolution_number_once")
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "done_at"], name="resolution_owed")]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation that met; a body its own, once the minutes are signed."""
        if actor.role == Role.LIAISON:
            return Q(agency_id=actor.agency_id, meeting__state__in=[S.SIGNED, S.CLOSED])
        return Q(meeting__in=JointMeeting.objects.visible_to(actor).order_by())

    def seal_owner(self) -> UUID:
        return self.meeting_id

    @property
    def label(self) -> str:
        return f"{self.number} · {self.agency.short_name}"

    @property
    def due_at(self) -> Any:
        return When.day(self.due_on).latest

    @property
    def late(self) -> bool:
        return self.done_at is None and self.due_on < timezone.localdate()
