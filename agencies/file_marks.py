"""What was decided over a file as a whole: kept from shredding, closed to all but the duty leaders, or shredded."""

import uuid
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_


class MarkKind(models.TextChoices):
    HOLD = "hold", p_("file mark", "Legal hold: nothing of it is shredded")
    RESTRICTED = "restricted", p_("file mark", "Closed to all but the duty leader")
    SHREDDED = "shredded", p_("file mark", "Shredded")


class MarkWhy(models.TextChoices):
    COURT = "court", p_("file mark", "A court case is under way")
    POLICE = "police", p_("file mark", "The police are investigating")
    COMPLAINT = "complaint", p_("file mark", "A complaint or petition is under way")
    AUDIT = "audit", p_("file mark", "Inspection, discipline or audit")
    HER_WISH = "her_wish", p_("file mark", "She asked for it")
    LAW_KEEPS = "law_keeps", p_("file mark", "Due for deletion, but the law says it must be kept")
    DUE = "due", p_("file mark", "Shredded after approval")


class FileMarkQuerySet(models.QuerySet["FileMark"]):
    def standing(self) -> "FileMarkQuerySet":
        return self.filter(lifted_at=None)

    def on(self, file: UUID, kind: str) -> bool:
        return self.standing().filter(subject_id=file, kind=kind).exists()


class FileMark(models.Model):
    """Lifted by a named person, never deleted; what was shredded stays so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=MarkKind)
    why = models.CharField(p_("file mark", "Reason"), max_length=12, choices=MarkWhy)
    entered_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = FileMarkQuerySet.as_manager()

    class Meta:
        app_label = "agencies"
        ordering: ClassVar = ["-entered_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id", "kind"],
                condition=models.Q(lifted_at=None),
                name="file_mark_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="shredded") | models.Q(lifted_at=None), name="shredded_for_ever"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
