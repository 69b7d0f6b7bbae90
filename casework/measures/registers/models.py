"""Four registers of the federation: events, units against harassment, experts, what a month held. No case stands here.

Clear are only what a body publishes about itself: titles, offices, their telephones, an expert's name and work place.
An expert's own number and every remark are sealed: whoever helps a woman is looked for by him too.
"""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Area
from agencies.scope import NOTHING, ScopedQuerySet
from casework.codes import Language
from casework.measures.registers import codes as c
from casework.models.case import codes
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel

WORKERS = (Role.OPERATOR, Role.CASEWORKER, Role.LEAD)
MOST = MaxValueValidator(100_000)


def _some_of(part: str, whole: str) -> Q:
    """Both or neither are known, and the part is no more than the whole."""
    known = {f"{part}__isnull": False, f"{whole}__isnull": False}
    return Q(**{part: None, whole: None}) | Q(**known, **{f"{part}__lte": F(whole)})


def month_words(day: date) -> str:
    return _("%(year)s-%(month)02d") % {"year": day.year, "month": day.month}


class Entry(SealedModel):
    """One line of a register. Nothing is deleted: `off_on` is the day from which it is listed and counted no more."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=p_("register", "Town")
    )
    off_on = models.DateField(p_("register", "Not listed any more from"), null=True, blank=True)
    key = models.UUIDField(unique=True, null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def heading(self) -> str:
        return str(getattr(self, "title", "") or getattr(self, "name", ""))

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The workers of the federation that keeps it; a duty leader also what the federations below keep."""
        if actor.kind != AgencyKind.FEDERATION or actor.role not in WORKERS:
            return NOTHING
        mine = Q(agency_id=actor.agency_id)
        return mine | Q(agency__parent_id=actor.agency_id) if actor.role == Role.LEAD else mine


class Event(Entry):
    kind = models.CharField(p_("register", "Kind"), max_length=16, choices=c.EventKind)
    topic = models.CharField(
        p_("register", "Subject"), max_length=16, choices=c.Topic, default=c.Topic.VIOLENCE
    )
    title = models.CharField(p_("register", "Title of the event"), max_length=80)
    held_on = models.DateField(p_("register", "Day"))
    audience = models.CharField(p_("register", "Audience"), max_length=16, choices=c.Audience)
    partner = models.CharField(p_("register", "Held together with"), max_length=80, blank=True)
    women = models.PositiveIntegerField(
        p_("register", "Women and girls present"), default=0, validators=[MOST]
    )
    men = models.PositiveIntegerField(p_("register", "Men and boys present"), default=0, validators=[MOST])
    unstated = models.PositiveIntegerField(
        p_("register", "Present, sex not counted"), default=0, validators=[MOST]
    )
    hours = models.PositiveSmallIntegerField(
        p_("register", "Class hours"), default=0, blank=True, validators=[MaxValueValidator(999)]
    )
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-held_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-held_on"], name="event_list")]

    @property
    def attendance(self) -> int:
        return self.women + self.men + self.unstated

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=["events", self.pk])


class Unit(Entry):
    """A unit, and since when it has a mechanism against sexual harassment; without a day it has none yet."""

    clear_fields = frozenset({"office_phone"})  # of an office, never of a person

    title = models.CharField(p_("register", "Name of the unit"), max_length=80)
    kind = models.CharField(p_("register", "Kind"), max_length=16, choices=c.UnitKind)
    parts = codes(p_("register", "What the mechanism consists of"), c.Part)
    established_on = models.DateField(p_("register", "Mechanism set up on"), null=True, blank=True)
    checked_on = models.DateField(p_("register", "Last looked at on"), null=True, blank=True)
    contact = models.CharField(p_("register", "Office in charge"), max_length=60, blank=True)
    office_phone = models.CharField(p_("register", "Telephone of the office"), max_length=20, blank=True)
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["title", "id"]
        indexes: ClassVar = [models.Index(fields=["agency", "title"], name="unit_list")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(established_on=None) | Q(off_on=None) | Q(off_on__gte=F("established_on")),
                name="unit_ends_later",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=["units", self.pk])


class Expert(Entry):
    """`agreed_on`: the day on which she or he agreed to stand here."""

    clear_fields = frozenset({"name", "office_phone"})  # what the professional directories publish

    name = models.CharField(p_("register", "Name"), max_length=40)
    kind = models.CharField(p_("register", "Profession"), max_length=16, choices=c.ExpertKind)
    body = models.CharField(p_("register", "Works at"), max_length=80)
    licence = models.CharField(p_("register", "Number of the licence"), max_length=40, blank=True)
    topics = codes(p_("register", "Fields"), c.Topic)
    languages = codes(p_("register", "Languages"), Language)
    office_phone = models.CharField(p_("register", "Telephone of the office"), max_length=20, blank=True)
    agreed_on = models.DateField(p_("register", "Agreed to be listed on"))
    mobile = SealedText(p_("register", "Own number"), pad=32, max_length=20, blank=True, null=True)
    note = SealedText(p_("register", "Remark"), pad=256, max_length=1000, blank=True, null=True)
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["agency", "name"], name="expert_list")]

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=["experts", self.pk])


class MonthRecord(Entry):
    """What a month held that no step tells: beds, calls at the exchange, callers asked. Empty: nobody kept it; 0: none."""

    month = models.DateField(p_("register", "Month"))
    shelter = models.CharField(p_("register", "Shelter"), max_length=60, blank=True)
    beds = models.PositiveSmallIntegerField(
        p_("register", "Beds"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    days = models.PositiveSmallIntegerField(
        p_("register", "Days on which they could be used"), null=True, blank=True
    )
    incoming = models.PositiveIntegerField(
        p_("register", "Incoming calls"), null=True, blank=True, validators=[MOST]
    )
    answered = models.PositiveIntegerField(
        p_("register", "Of these answered"), null=True, blank=True, validators=[MOST]
    )
    asked = models.PositiveIntegerField(
        p_("register", "Callers asked whether they were satisfied"), null=True, blank=True, validators=[MOST]
    )
    satisfied = models.PositiveIntegerField(
        p_("register", "Of these satisfied"), null=True, blank=True, validators=[MOST]
    )
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["-month", "shelter", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "month", "shelter"], condition=Q(off_on=None), name="one_line_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="month_begins_on_the_first"),
            models.CheckConstraint(condition=_some_of("answered", "incoming"), name="answered_of_incoming"),
            models.CheckConstraint(condition=_some_of("satisfied", "asked"), name="satisfied_of_asked"),
            models.CheckConstraint(
                condition=Q(beds=None, days=None) | Q(beds__isnull=False, days__isnull=False, days__lte=31),
                name="beds_and_their_days",
            ),
        ]

    @property
    def heading(self) -> str:
        return f"{month_words(self.month)} {self.shelter}".strip()

    @property
    def bed_days(self) -> int | None:
        return None if self.beds is None or self.days is None else self.beds * self.days

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=["months", self.pk])


def facts_of(entry: Any) -> list[tuple[Any, Any]]:
    """(label, value in words) of every clear column: its own first, where and until when last."""
    hidden = {"id", "rev", "agency", "key", "created_at", *(f.name for f in entry.sealed_fields())}
    if isinstance(entry, MonthRecord):
        hidden.add("area")
    last = {"area": 1, "off_on": 2}
    fields = [f for f in entry._meta.concrete_fields if f.name not in hidden]
    return [(f.verbose_name, words(entry, f)) for f in sorted(fields, key=lambda f: last.get(f.name, 0))]


def words(entry: Any, field: Any) -> Any:
    """One column as a person reads it."""
    value = getattr(entry, field.name)
    if field.name == "month":
        return month_words(value)
    base = getattr(field, "base_field", None)
    if base is not None:
        return "、".join(str(dict(base.choices).get(code, code)) for code in value)
    return getattr(entry, f"get_{field.name}_display")() if field.choices else value
