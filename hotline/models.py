"""A call, its draft, and the call-backs promised. Each call is sealed under a key of its own until it belongs to a case."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.forms import Field, ModelChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area, Posting, User
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import Channel, Danger, Flag, Form, Language, Matter, Relation, Wish
from casework.lapse import Goes, Lapse
from casework.models import Case
from casework.models.case import codes
from hotline.codes import NO_DATA, NOT_FOR_ORDERS, Answer, CallBackState, CallKind, Injury, Safety, Tap
from hotline.workflow import FLOW, S
from privacy.blind import TagsField, tags_index
from privacy.fields import SealedJSON, SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow

STAFF = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)


class Call(LifeModel):
    """`started_at` is when the phone was answered. `case` is set when one is opened or joined."""

    never_printed = frozenset({"place"})

    is_file: ClassVar[bool] = True
    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "hotline/_panel.html"

    state = StateField(FLOW)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Operator")
    )
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Colleague"),
    )
    started_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="calls")
    transferred_to = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Transferred to")
    )

    safety = models.CharField(_("Safe now?"), max_length=16, choices=Safety, blank=True)
    kind = models.CharField(_("Kind of call"), max_length=16, choices=CallKind, blank=True)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.CHINESE)
    matter = models.CharField(_("Matter"), max_length=32, choices=Matter, default=Matter.DV)
    forms = codes(_("Forms of violence"), Form)
    relation = models.CharField(
        _("Relation of the perpetrator to the victim"),
        max_length=32,
        choices=Relation,
        default=Relation.NOT_STATED,
    )
    flags = codes(_("Circumstances"), Flag)
    injury = models.CharField(_("Injured?"), max_length=16, choices=Injury, default=Injury.UNKNOWN)
    weapon = models.CharField(_("A weapon?"), max_length=16, choices=Answer, default=Answer.UNKNOWN)
    children = models.CharField(_("Children there?"), max_length=16, choices=Answer, default=Answer.UNKNOWN)
    police_before = models.CharField(
        _("Reported to police before?"), max_length=16, choices=Answer, default=Answer.UNKNOWN
    )
    wishes = codes(_("What she asks for"), Wish)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Town")
    )
    called_110 = models.BooleanField(_("110 was called for her"), default=False)
    taps = models.JSONField(_("Answers by taps"), default=dict, blank=True)
    rights_informed = models.BooleanField(_("Told about the protection order"), default=False)
    danger = models.CharField(max_length=16, choices=Danger, default=Danger.UNDETERMINED, editable=False)

    number = SealedText(_("Caller's number"), pad=32, max_length=32, blank=True)
    caller_name = SealedText(_("Caller's name"), pad=32, max_length=60, blank=True)
    place = SealedText(_("Where she is now"), pad=64, max_length=200, blank=True)
    account = SealedText(_("What happened"), pad=256, max_length=8000, blank=True)
    advice = SealedText(_("What was advised"), pad=256, max_length=4000, blank=True)
    rights_not_told_reason = SealedText(
        _("Why it could not be told"), pad=64, max_length=500, blank=True, null=True
    )
    assessment = SealedJSON(_("Danger scale as answered"), null=True, blank=True)
    tags = TagsField()
    tagged = ("number",)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history(excluded=("tags",))

    class Meta:
        ordering = ("-started_at", "-id")
        indexes: ClassVar = [
            models.Index(fields=["agency", "-started_at"], name="call_list"),
            models.Index(fields=["operator"], name="call_unfinished", condition=Q(state="open")),
            tags_index("call_tags"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The staff of the federation that answered, and of one it was transferred to."""
        if actor.kind != AgencyKind.FEDERATION or actor.role not in STAFF:
            return NOTHING
        mine = Q(agency_id=actor.agency_id) | Q(transferred_to_id=actor.agency_id)
        return mine | Q(agency__parent_id=actor.agency_id) if actor.role == Role.LEAD else mine

    @property
    def subject_id(self) -> UUID:
        return self.case_id or self.id

    def seal_owner(self) -> UUID:
        return self.id

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def keeper_id(self) -> UUID | None:
        return self.operator_id

    def agency_for(self, owner: str) -> UUID | None:
        return self.agency_id if owner == "wf" else None

    @property
    def is_violence(self) -> bool:
        """Whether the right to a protection order concerns this call (P13)."""
        return self.kind not in NO_DATA and self.matter not in NOT_FOR_ORDERS

    @property
    def in_danger(self) -> bool:
        """High danger, or a threat at this very moment (F03)."""
        now = self.safety == Safety.UNSAFE or self.taps.get(Tap.DANGER) == Answer.YES
        return now or self.danger == Danger.HIGH

    def forget(self) -> None:
        """Empty everything that could say who called; the caller saves."""
        for field in ("number", "caller_name", "place", "account", "advice"):
            setattr(self, field, "")
        self.rights_not_told_reason = None
        self.tags, self.forms, self.flags, self.wishes = [], [], [], []
        self.taps, self.assessment, self.offered_to = {}, None, None

    @classmethod
    def lapses(cls) -> tuple[Lapse, ...]:
        """At its end, without a case, and nobody is to be called back."""
        backs = CallBack.objects.filter(call=OuterRef("pk"), state=CallBackState.BOOKED).order_by()
        alone = Q(~Exists(backs), case=None)
        return (
            Lapse("call_alone", alone & Q(state__in=(S.ADVISED, S.NO_DATA)), F("ended_at")),
            Lapse("call_passed", alone & Q(state=S.RECEIVED), F("ended_at")),
        )

    def goes(self) -> Goes:
        return Goes(owners=(self.pk,))

    def drop_draft(self) -> None:
        CallDraft.objects.filter(call=self).delete()

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """Handed to a colleague at the same desk; transferred to anybody but ourselves."""
        if name == "offered_to" and isinstance(field, ModelChoiceField):
            field.queryset = colleagues(self)
        if name == "transferred_to" and isinstance(field, ModelChoiceField):
            field.queryset = Agency.objects.filter(is_active=True).exclude(pk=self.agency_id)

    def facts(self) -> dict[str, Any]:
        return {
            "home": str(self.agency_id),
            "channel": Channel.HOTLINE,
            "call_kind": self.kind,
            "safety": self.safety,
            "matter": "" if self.kind in NO_DATA else self.matter,
            "forms": sorted(self.forms),
            "relation": self.relation,
            "town": self.area_id,
            "danger": self.danger,
            "flags": sorted(self.flags),
        }

    def title(self) -> str:
        return str(self.flow.label)

    def get_absolute_url(self) -> str:
        return reverse("hotline:call", args=[self.pk])


def colleagues(call: Call) -> QuerySet[User]:
    """Who could take this call over: the staff of the federation that answered, but for whoever has it."""
    posted = Posting.objects.in_force(timezone.now()).filter(agency_id=call.agency_id, role__in=STAFF)
    return User.objects.filter(pk__in=posted.values("user_id")).exclude(pk=call.operator_id)


class CallDraft(SealedModel):
    """What is being typed, as typed, every few seconds; gone when the call is closed. No history: it is not a record.

    `window`: a random mark of the browser window that wrote last, so that a second one is noticed.
    """

    call = models.OneToOneField(Call, models.CASCADE, related_name="draft")
    content = SealedJSON(_("Draft"))
    saved_at = models.DateTimeField()
    window = models.CharField(max_length=36, blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(call__in=Call.objects.visible_to(actor).order_by())

    def seal_owner(self) -> UUID:
        return self.call_id


class CallBack(SealedModel):
    """A promised call in a slot in which it is safe to call her. `slot` is its start; slots are half an hour long."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="call_backs")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    slot = models.DateTimeField(_("Time"))
    state = models.CharField(max_length=16, choices=CallBackState, default=CallBackState.BOOKED)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = SealedText(p_("call-back", "What it is about"), pad=64, max_length=500, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering = ("slot",)
        indexes: ClassVar = [
            models.Index(fields=["slot"], name="call_back_due", condition=Q(state="booked")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def seal_owner(self) -> UUID:
        return self.case_id
