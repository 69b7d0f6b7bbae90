"""An export, and the made-up person in it by which a list that got out is known."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency, Posting
from agencies.scope import NOTHING, ScopedQuerySet
from casework.exports.workflow import FLOW, E, Form, People
from privacy.blind import TagsField, tags_index
from privacy.fields import SealedText
from privacy.history import sealed_history
from privacy.models import SealedModel
from workflow.models import LifeModel
from workflow.state import StateField
from workflow.table import Workflow


class Export(LifeModel):
    """`file_id`: the packed file, sealed with this row's own key. `passphrase` stands here until it was shown once."""

    flow: ClassVar[Workflow] = FLOW
    panel_template: ClassVar[str] = "casework/_export.html"
    clear_fields = frozenset({"people", "form"})
    unversioned = frozenset({"done"})

    state = StateField(FLOW)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", editable=False)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+", editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    source = models.CharField(p_("export", "What"), max_length=24)
    people = models.CharField(p_("export", "Persons"), max_length=8, choices=People, default=People.NONE)
    form = models.CharField(p_("export", "Kind of file"), max_length=4, choices=Form, default=Form.XLSX)
    year = models.PositiveSmallIntegerField(p_("export", "Year"), null=True, blank=True)
    reason = SealedText(p_("export", "What it is needed for"), pad=256, max_length=1000)
    rows = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    until = models.DateTimeField(null=True, editable=False)
    file_id = models.UUIDField(null=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False)
    passphrase = SealedText(
        p_("export", "Passphrase"), pad=64, max_length=40, null=True, blank=True, editable=False
    )

    objects = ScopedQuerySet.as_manager()
    history = sealed_history(excluded=("passphrase",))

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["agency", "-created_at"], name="export_list")]

    def __str__(self) -> str:
        return self.serial

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """One's own; a duty leader those of the federation."""
        if actor.kind != AgencyKind.FEDERATION or actor.role not in {Role.CASEWORKER, Role.LEAD}:
            return NOTHING
        mine = Q(agency_id=actor.agency_id)
        return mine if actor.role == Role.LEAD else mine & Q(asked_by_id=actor.user_id)

    @property
    def serial(self) -> str:
        """What stands on the sheet."""
        return self.pk.hex[:10].upper()

    @property
    def home_id(self) -> UUID | None:
        return self.agency_id

    def facts(self) -> dict[str, Any]:
        return {"source": self.source, "people": self.people, "rows": self.rows}

    def title(self) -> str:
        return f"{self.flow.label} {self.serial}"

    def get_absolute_url(self) -> str:
        return reverse("exports:one", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return bool(self.state == E.MAKING)


class Canary(SealedModel):
    """Nobody of this name and number exists. Whoever looks for them has a list of ours. `export` names which."""

    export = models.ForeignKey(Export, models.PROTECT, related_name="canaries")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12, unique=True)
    alias = models.CharField(max_length=24)
    name = SealedText(_("Name"), pad=32, max_length=60)
    phone = SealedText(_("Phone"), pad=32, max_length=20)
    tags = TagsField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [tags_index("canary_tags")]

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return NOTHING

    def seal_owner(self) -> UUID:
        return self.export_id
