"""What happened: violence in detail, everything else as a coded event."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.codes import Body, Form
from casework.happenings import HappeningKind
from casework.models.case import codes
from casework.models.parts import Happened, ToldPart
from privacy.fields import SealedText
from privacy.history import sealed_history


class Incident(Happened, ToldPart):
    forms = codes(_("Forms of violence"), Form)
    injured = models.BooleanField(_("Injured"), null=True, blank=True)
    weapon = models.BooleanField(_("A weapon was used or shown"), null=True, blank=True)
    children_present = models.BooleanField(_("Children were present"), null=True, blank=True)
    police_called = models.BooleanField(_("Police were called"), null=True, blank=True)
    alleged_only = models.BooleanField(_("Stated, but not accepted by the court"), default=False)
    place = SealedText(_("Place"), pad=64, max_length=200, blank=True, null=True)
    account = SealedText(_("What happened"), pad=256, max_length=8000, blank=True, null=True)

    history = sealed_history()

    class Meta:
        ordering = ("-happened_from", "-created_at")

    def __str__(self) -> str:
        return str(self.pk)


class Happening(Happened, ToldPart):
    """A coded entry of the timeline; `seq` keeps the order of undated ones."""

    kind = models.CharField(_("Event"), max_length=40, choices=HappeningKind.choices)
    actor_body = models.CharField(_("Who acted"), max_length=16, choices=Body.choices, default=Body.UNKNOWN)
    inferred = models.BooleanField(_("Concluded, not told"), default=False)
    details = SealedText(_("Details"), pad=256, max_length=4000, blank=True, null=True)
    seq = models.PositiveIntegerField(default=0, editable=False)

    history = sealed_history()

    class Meta:
        ordering = ("seq", "created_at")

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def owner(self) -> UUID:
        return self.case_id
