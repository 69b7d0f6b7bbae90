"""What has to be done, and what was noted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework.codes import NoteKind, TaskKind, Trigger
from casework.models.parts import CasePart, Happened, ToldPart
from privacy.fields import SealedText
from privacy.history import sealed_history
from workflow.registry import life


class Note(Happened, ToldPart):
    """Never changed: a correction is a new note."""

    kind = models.CharField(
        _("Kind of note"), max_length=16, choices=NoteKind.choices, default=NoteKind.CONTACT
    )
    text = SealedText(_("Note"), pad=256, max_length=8000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.get_kind_display()


class Task(CasePart):
    """`flow`/`obj_id`: the life it serves, if any. `reason` says why danger is to be assessed again."""

    kind = models.CharField(_("Task"), max_length=24, choices=TaskKind.choices, default=TaskKind.OTHER)
    reason = models.CharField(_("Occasion"), max_length=24, choices=Trigger.choices, blank=True)
    text = SealedText(_("What is to be done"), pad=256, max_length=2000, blank=True, null=True)
    assigned_agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("Body"), null=True, blank=True, related_name="+"
    )
    assigned_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("Person"),
        null=True,
        blank=True,
        related_name="+",
    )
    due_at = models.DateTimeField(_("Due"), null=True, blank=True)
    flow = models.CharField(max_length=40, blank=True, editable=False)
    obj_id = models.UUIDField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    outcome = SealedText(_("What came of it"), pad=256, max_length=4000, blank=True, null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    history = sealed_history()

    class Meta:
        ordering = ("due_at", "created_at")
        indexes = [
            models.Index(fields=["assigned_agency", "due_at"], name="task_owed", condition=Q(done_at=None)),
            models.Index(fields=["assigned_user", "due_at"], name="task_mine", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """A liaison sees the tasks given to her own body, and nothing else of the case."""
        if actor.role == Role.LIAISON:
            return Q(assigned_agency_id=actor.agency_id)
        return super().scope(actor)

    @property
    def word(self) -> str:
        """What kind of task; one that another life has given without a kind of its own is called by that life."""
        named = self.kind != TaskKind.OTHER or not self.flow
        return self.get_kind_display() if named else str(life(self.flow).flow.label)

    @property
    def done(self) -> bool:
        return self.done_at is not None
