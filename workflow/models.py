"""A life, the record of its steps, and what waits to be told. Clocks are in deadlines.py."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.forms import Field
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.scope import NOTHING, ScopedQuerySet
from privacy.fields import SealedJSON
from privacy.models import SealedModel
from workflow.deadlines import Alert, ClockRule, Deadline
from workflow.sequence import NextNumber
from workflow.state import LENGTH, Guarded
from workflow.table import Workflow
from workflow.when import Precision, When

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = [
    "Alert",
    "ClockRule",
    "Deadline",
    "LifeModel",
    "Notice",
    "OutboxMessage",
    "PendingStep",
    "StepRecord",
]


class LifeModel(Guarded, SealedModel):
    """Something that lives by a table. A subclass declares `flow`, `state = StateField(FLOW)`, `objects`,
    `history`, and says what belongs to whom. Nothing here or there changes the state: only the engine does.
    """

    flow: ClassVar[Workflow]
    panel_template: ClassVar[str] = "workflow/_panel.html"
    state: Any
    objects: Any  # ScopedQuerySet.as_manager() of the subclass

    created_at = models.DateTimeField(_("Opened"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.flow.key} {self.pk}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Which rows this actor may know to exist."""
        return NOTHING

    @property
    def subject_id(self) -> uuid.UUID:
        """The case (or call) this life belongs to."""
        return self.pk

    @property
    def home_id(self) -> uuid.UUID | None:
        """The federation that watches over it."""
        return None

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Answers to the `Ask`s of the move that is being made; needs and effects may read them."""
        return {}

    @cached_property
    def moment(self) -> datetime:
        """When the move that is being made happened, at its earliest; needs count days from it."""
        return timezone.now()

    def seal_owner(self) -> uuid.UUID:
        return self.subject_id

    def facts(self) -> dict[str, Any]:
        """Coded facts for statistics; no personal data. Stored with every step."""
        return {}

    def agency_for(self, owner: str) -> uuid.UUID | None:
        """Which agency a clock rule means by its owner word ("wf", "court", "police" ...)."""
        return None

    def keeper_id(self) -> uuid.UUID | None:
        """The user who is responsible; None: the duty leader of the home federation."""
        return None

    def title(self) -> str:
        """Names it without personal data."""
        return str(self.flow.label)

    def get_absolute_url(self) -> str:
        raise NotImplementedError(f"{type(self).__name__} has no page of its own")

    def place_for(self, actor: Actor) -> str:
        """The page on which this actor finds it: where a move leads back to."""
        return self.get_absolute_url()

    def tune(self, name: str, field: Field, actor: Actor) -> None:
        """Narrow a generated form field (choices, hint) where the table cannot say it."""

    @property
    def panel_id(self) -> str:
        """The id of the element that holds the panel; an anchor on the page of the case."""
        return f"{self.flow.key}-{self.pk}"

    def panel(self, actor: Actor) -> tuple[str, dict[str, Any]]:
        """(template, context) of what is shown of this life; the move view answers with it."""
        return self.panel_template, {"obj": self, "actor": actor, **self.panel_context(actor)}

    def panel_context(self, actor: Actor) -> dict[str, Any]:
        """What `panel_template` needs besides `obj` and `actor`."""
        return {}

    @property
    def state_label(self) -> "str | _StrPromise":
        return self.flow.states(self.state).label


class StepRecord(SealedModel):
    """One move that was made. Append-only (a trigger refuses change); `payload` holds the answers, sealed.

    `obj_rev` is the revision of the object after the move. `obj`, `actor` and `asked` are set when the step
    is handed to effects, not when it is read back.
    """

    obj: Any
    actor: Actor
    asked: dict[str, Any]

    seq = models.BigIntegerField(unique=True, editable=False, db_default=NextNumber("workflow_step_seq"))
    flow = models.CharField(max_length=40)
    obj_id = models.UUIDField()
    subject_id = models.UUIDField()
    move = models.CharField(max_length=40)
    from_state = models.CharField(max_length=LENGTH, blank=True)
    to_state = models.CharField(max_length=LENGTH)
    actor_user = models.UUIDField()
    actor_role = models.CharField(max_length=20)
    actor_agency = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    happened_from = models.DateTimeField(null=True)
    happened_to = models.DateTimeField(null=True)
    offset_least = models.DurationField(null=True)
    offset_most = models.DurationField(null=True)
    precision = models.CharField(max_length=10, choices=Precision.choices)
    obj_rev = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)
    payload = SealedJSON(_("Answers"), null=True, blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["obj_id", "seq"], name="step_obj"),
            models.Index(fields=["subject_id", "seq"], name="step_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.flow} {self.obj_id} {self.move}"

    def seal_owner(self) -> uuid.UUID:
        return self.subject_id

    @property
    def when(self) -> When:
        offsets = None
        if self.offset_least is not None and self.offset_most is not None:
            offsets = (self.offset_least, self.offset_most)
        return When(self.happened_from, self.happened_to, Precision(self.precision), offsets)


class PendingStep(models.Model):
    """A step that has not been counted yet; deleted in the transaction that counts it."""

    step = models.OneToOneField(StepRecord, on_delete=models.PROTECT, primary_key=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class OutboxMessage(models.Model):
    """Something to be told, written in the transaction of its cause. Ids and codes only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(editable=False, db_default=NextNumber("workflow_outbox_seq"))
    topic = models.CharField(max_length=20)
    agency_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    flow = models.CharField(max_length=40)
    obj_id = models.UUIDField()
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["seq"], condition=Q(sent_at=None), name="outbox_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Notice(models.Model):
    """A message in an agency's inbox. Its id is the id of the outbox row: delivered twice, it stands once."""

    id = models.UUIDField(primary_key=True, editable=False)
    agency_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    flow = models.CharField(max_length=40)
    obj_id = models.UUIDField()
    subject_id = models.UUIDField()
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(fields=["agency_id", "seen_at", "-created_at"], name="notice_inbox")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(agency_id=actor.agency_id)

    def see(self, now: datetime) -> None:
        """Mark as seen; the first time counts."""
        type(self).objects.filter(pk=self.pk, seen_at=None).update(seen_at=now)
