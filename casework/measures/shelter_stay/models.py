"""Sites, their places, a stay, and the registers. An address is opened by the shelter itself and by nobody else."""

from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from agencies.scope import NOTHING, ScopedQuerySet
from casework.measure import InboxRow, Measure
from casework.measures.shelter_stay import codes as c
from casework.measures.shelter_stay.workflow import FLOW, INSIDE, S
from casework.models import Case, CasePart, Happened
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.state import StateField
from workflow.table import Workflow

NORM = 10  # days: BH189 三(一). Other places have other rules (law.md S13), so each site may set its own.
TAKEN = (*INSIDE, S.CARE)
SEEN_AFTER = timedelta(days=30)  # how long the shelter still sees a stay that is over: our own rule
OPEN_TO_SHELTER = (S.REQUESTED, S.CHECKED, *TAKEN)


def of_the_shelter(actor: Actor) -> Q:
    """The body that runs the shelter, and nobody else: not the federation, not its leader, not the auditor."""
    if actor.role == Role.LIAISON and actor.kind == AgencyKind.CIVIL_AFFAIRS:
        return Q(agency_id=actor.agency_id)
    return NOTHING


def _state(stay: Any) -> str:
    return str(stay.state)


class ShelterSite(SealedModel):
    """`code`: what it is called in talk; says nothing about where it is. `apart`: no relief or welfare house (S07)."""

    never_printed = frozenset({"address"})

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    code = models.CharField(
        _("Cover name"),
        max_length=12,
        help_text=_("A name that says nothing about where it is, such as “Magnolia”."),
    )
    address = SealedText(
        _("Address"),
        pad=64,
        max_length=200,
        help_text=_("Sealed. Only people posted at your shelter can open it."),
    )
    apart = models.BooleanField(_("Apart from relief station and welfare home"), default=False)
    norm_days = models.PositiveSmallIntegerField(
        _("Usual length of a stay, in days"),
        default=NORM,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "code"], name="one_site_each")]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_the_shelter(actor)


class Place(SealedModel):
    """A room or bed that is given to one household at a time."""

    site = models.ForeignKey(ShelterSite, models.PROTECT, related_name="places", editable=False)
    number = models.CharField(_("Room and bed"), max_length=12)
    kind = models.CharField(_("For whom"), max_length=12, choices=c.PlaceType)
    capacity = models.PositiveSmallIntegerField(
        _("Beds"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    in_use = models.BooleanField(_("Can be given"), default=True)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        ordering: ClassVar = ["site__code", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "number"], name="one_place_each")]

    def __str__(self) -> str:
        return f"{self.site.code} {self.number} · {self.get_kind_display()} · {self.capacity}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(site__in=ShelterSite.objects.visible_to(actor))


class ShelterStay(Measure):
    """`leave_by`: the day agreed so far, never a day on which somebody is put out. `place` is shown to the shelter only."""

    never_printed = frozenset({"handed_to"})
    flow: ClassVar[Workflow] = FLOW
    panel_order: ClassVar[int] = 30
    panel_template: ClassVar[str] = "shelter_stay/_panel.html"

    state = StateField(FLOW)
    subject = models.CharField(
        _("Who needs a place"), max_length=8, choices=c.Subject, default=c.Subject.ADULT
    )
    urgent = models.BooleanField(_("Needed now"), default=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Shelter, civil affairs"),
        limit_choices_to={"kind": AgencyKind.CIVIL_AFFAIRS, "is_active": True},
    )  # fmt: skip
    source = models.CharField(_("How she comes"), max_length=12, choices=c.Source, blank=True)
    voucher = models.CharField(
        _("Paper she has"), max_length=8, choices=c.Voucher, default=c.Voucher.NONE, blank=True,
        help_text=_("None is needed."),
    )  # fmt: skip
    children_count = models.PositiveSmallIntegerField(
        _("Children with her"), default=0, validators=[MaxValueValidator(9)]
    )
    request = SealedText(
        _("What the shelter must know"), pad=256, max_length=2000, blank=True, null=True,
        help_text=_("How she can be met, who must not know, what she and the children need."),
    )  # fmt: skip
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name=_("Place")
    )
    health = SealedText(_("Health, medicine, injuries"), pad=256, max_length=2000, blank=True, null=True)
    belongings = SealedText(_("Belongings handed in"), pad=256, max_length=2000, blank=True, null=True)
    safety_risk = SealedText(
        _("What the shelter has to mind"), pad=256, max_length=2000, blank=True, null=True
    )
    admitted_from = models.DateTimeField(null=True, editable=False)
    admitted_to = models.DateTimeField(null=True, editable=False)
    leave_by = models.DateField(_("Agreed until"), null=True, blank=True)
    filing_number = models.CharField(_("Number of the filing"), max_length=40, blank=True)
    exit_mode = models.CharField(_("How she leaves"), max_length=12, choices=c.ExitMode, blank=True)
    handed_to = SealedText(
        _("Who fetches her, or where she goes"), pad=64, max_length=200, blank=True, null=True,
    )  # fmt: skip
    left_on = models.DateField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = sealed_history()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="stay_shelter")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=TAKEN), name="a_place_is_given_once"
            )
        ]

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """The federation through its case; the shelter what was asked of it, until a while after the stay."""
        if actor.role != Role.LIAISON:
            return Q(case__in=Case.objects.visible_to(actor).order_by())
        over = timezone.localdate() - SEEN_AFTER
        lately = Q(state__in=(S.LEFT, S.HANDED_OVER), left_on__gte=over)
        return of_the_shelter(actor) & (Q(state__in=OPEN_TO_SHELTER) | lately)

    @property
    def persons(self) -> int:
        return 1 + (self.children_count or 0)

    @property
    def is_in(self) -> bool:
        return self.state in TAKEN

    @property
    def day(self) -> int | None:
        """Day n of the stay; the day she comes is not counted. None: not known when she came."""
        if self.admitted_to is None:
            return None
        return (timezone.localdate() - timezone.localdate(self.admitted_to)).days

    @property
    def norm(self) -> int:
        return self.place.site.norm_days if self.place else NORM

    @property
    def agreed_end(self) -> date | None:
        """The day agreed, or, when she comes, the usual length of the site from the day she comes."""
        return self.leave_by or self.day_of_move() + timedelta(days=self.norm)

    def wants_visits(self) -> bool:
        return self.is_in

    def day_of_move(self) -> date:
        return timezone.localdate(self.moment)

    def leave_by_before(self) -> date | None:
        found = type(self).objects.filter(pk=self.pk).values_list("leave_by", flat=True).first()
        return found if isinstance(found, date) else None

    def place_is_free(self) -> bool:
        """Two who give the same place wait for each other here; the second finds it taken."""
        if self.place_id is None:
            return True
        rows = Place.objects.filter(pk=self.place_id, in_use=True)
        if connection.in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        if rows.first() is None:
            return False
        return (
            not ShelterStay.objects.filter(place_id=self.place_id, state__in=TAKEN)
            .exclude(pk=self.pk)
            .exists()
        )

    def own_facts(self) -> dict[str, Any]:
        """Codes and numbers; never the place, nor the shelter's site."""
        return {
            "subject": self.subject, "persons": self.persons, "urgent": self.urgent, "source": self.source,
            "voucher": self.voucher, "exit_mode": self.exit_mode, "why_no_place": self.asked.get("why", ""),
            "shelter_days": self.nights(),
        }  # fmt: skip

    def nights(self) -> int | None:
        if self.admitted_to is None or self.left_on is None:
            return None
        return (self.left_on - timezone.localdate(self.admitted_to)).days

    def agency_for(self, owner: str) -> UUID | None:
        if owner in ("relief_station", "civil_affairs"):
            return self.agency_id
        return self.case.agency_id if owner == "duty_bodies" else super().agency_for(owner)

    def get_absolute_url(self) -> str:
        return reverse("shelter_stay:stay", args=[self.pk])

    def tune(self, name: str, field: forms.Field, actor: Actor) -> None:
        """A place is chosen by the shelter, among those that are free; the federation never sees one."""
        if name == "place" and isinstance(field, forms.ModelChoiceField):
            free = Place.objects.visible_to(actor).filter(in_use=True).exclude(stays__state__in=TAKEN)
            picker: Any = field
            picker.queryset = free.select_related("site")
            field.required = of_the_shelter(actor) != NOTHING
            if not field.required:
                field.widget = forms.HiddenInput()
        elif name == "leave_by":
            field.label = _("Agreed until (new day)")

    @classmethod
    def inbox_rows(cls, actor: Actor) -> list[InboxRow]:
        """What the shelter owes: requests and clocks. Who is in stands on the shelter's own screen."""
        asked = (S.REQUESTED, S.CHECKED)
        rows = [row for row in super().inbox_rows(actor) if row.deadline or _state(row.obj) in asked]
        return [InboxRow(r.obj, r.owed, r.deadline, r.moves, "shelter_stay/_owed.html") for r in rows]


class ShelterEntry(Happened, CasePart):
    """The registers of the shelter: comings and goings, visitors, looks into the file (BH189 四(二))."""

    stay = models.ForeignKey(ShelterStay, models.PROTECT, related_name="entries", editable=False)
    kind = models.CharField(max_length=8, choices=c.EntryKind)
    note = SealedText(pad=64, max_length=500, blank=True, null=True)

    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return (
            Q(stay__in=ShelterStay.objects.visible_to(actor).order_by())
            if of_the_shelter(actor) != NOTHING
            else NOTHING
        )
