"""Who must never see a file, which file is closed, and who sees one for three hours in an emergency.

A file is a case or a call, by its id.
`scope.py` asks here for every row of the house: a model is covered by pointing at a file, not by a line of its own.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy as p_
from simple_history.models import HistoricalRecords

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.kinds import Role


class RecusalWhy(models.TextChoices):
    PERPETRATOR = "perpetrator", p_("recusal", "Is the perpetrator")
    RELATIVE = "relative", p_("recusal", "Is a relative of one of the people")
    CLOSE = "close", p_("recusal", "Is close to one of the people in another way")
    COMPLAINT = "complaint", p_("recusal", "She complains about how they acted before")
    WISH = "wish", p_("recusal", "She wishes it")


class LiftWhy(models.TextChoices):
    MISTAKE = "mistake", p_("recusal", "Entered by mistake")
    OVER = "over", p_("recusal", "The reason is gone")
    AGREED = "agreed", p_("recusal", "She agrees now")


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def standing(self) -> "RecusalQuerySet":
        return self.filter(lifted_at=None)


class Recusal(models.Model):
    """回避: this person, or everybody of this body, never sees this file. Lifted with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField()
    user = models.ForeignKey("agencies.User", models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(p_("recusal", "Why"), max_length=16, choices=RecusalWhy)
    entered_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    lifted_why = models.CharField(p_("recusal", "Why lifted"), max_length=16, choices=LiftWhy, blank=True)
    lifted_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=uuid.uuid4))

    objects = RecusalQuerySet.as_manager()

    class Meta:
        app_label = "agencies"
        ordering: ClassVar = ["-entered_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_id"], condition=Q(lifted_at=None), name="recusal_standing")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(user=None, agency__isnull=False) | Q(user__isnull=False, agency=None),
                name="recusal_of_one",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_why="") | (Q(lifted_at__isnull=False) & ~Q(lifted_why="")),
                name="recusal_lifted_with_reason",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "user", "agency"],
                condition=Q(lifted_at=None),
                nulls_distinct=False,
                name="recusal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.pk}"

    @property
    def whom(self) -> Any:
        return self.user or self.agency


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    def open(self) -> "EmergencyQuerySet":
        return self.filter(until__gt=Now())


class Emergency(models.Model):
    """The one file a person may read for three hours outside her own scope, in one posting."""

    id = models.UUIDField(primary_key=True, editable=False)
    posting = models.ForeignKey("agencies.Posting", models.PROTECT, related_name="emergencies")
    subject_id = models.UUIDField()
    until = models.DateTimeField()

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        app_label = "agencies"
        indexes: ClassVar = [models.Index(fields=["posting", "until"], name="emergency_open")]

    def __str__(self) -> str:
        return str(self.pk)


@cache
def routes(model: type[models.Model]) -> tuple[str, ...]:
    """Where the file of a row stands: its own key, a column `subject_id`, or the way over foreign keys."""
    columns = {field.name: field for field in model._meta.concrete_fields}
    if "subject_id" in columns:
        return ("subject_id",)
    found = ["pk"] if getattr(model, "is_file", False) else []
    links = [
        (field, routes(other))
        for field in columns.values()
        if (other := _target(field)) not in (None, model) and other is not None
    ]
    known = [(field, ways) for field, ways in links if ways]
    direct = [(field, ways) for field, ways in known if not field.null and ways == ("pk",)]
    for field, ways in direct[:1] or known:
        found += [field.attname if way == "pk" else f"{field.name}__{way}" for way in ways]
    return tuple(found)


def _target(field: Any) -> type[models.Model] | None:
    return field.related_model if field.is_relation and isinstance(field.related_model, type) else None


def not_recused(model: type[models.Model], actor: Actor) -> Q:
    """Rows of files that are not closed to this actor; one sub-select in the same query."""
    closed = Recusal.objects.standing().filter(Q(user=actor.user_id) | Q(agency=actor.agency_id)).order_by()
    found = Q()
    for way in routes(model):
        found &= ~Q(Exists(closed.filter(subject_id=OuterRef(way))))
    return found


def not_closed(model: type[models.Model], actor: Actor) -> Q:
    """Rows of files that were not shredded, nor closed to all but the duty leaders; one sub-select in the same query."""
    shut = [MarkKind.SHREDDED] if actor.role == Role.LEAD else [MarkKind.SHREDDED, MarkKind.RESTRICTED]
    closed = FileMark.objects.standing().filter(kind__in=shut).order_by()
    found = Q()
    for way in routes(model):
        found &= ~Q(Exists(closed.filter(subject_id=OuterRef(way))))
    return found


def is_shut(file: UUID) -> bool:
    """Restricted or shredded: not even an emergency opens it here."""
    marks = FileMark.objects.standing().filter(subject_id=file)
    return marks.filter(kind__in=[MarkKind.SHREDDED, MarkKind.RESTRICTED]).exists()


def recused(model: type[models.Model], file: UUID | None) -> Q:
    """The users or the bodies that never see this file, for lists that offer them."""
    column = "user_id" if model._meta.label == "agencies.User" else "agency_id"
    if file is None:
        return Q(pk__in=[])
    standing = Recusal.objects.standing().filter(subject_id=file).exclude(**{column: None})
    return Q(pk__in=standing.order_by().values(column))


def is_recused(file: UUID, *, user_id: UUID | None = None, agency_id: UUID | None = None) -> bool:
    whom = Q(user=user_id) if user_id else Q(agency=agency_id)
    return Recusal.objects.standing().filter(whom, subject_id=file).exists()


def share_recusals(files: Iterable[UUID]) -> None:
    """Files of one person are closed to the same people and bodies."""
    ids = set(files)
    for row in Recusal.objects.standing().filter(subject_id__in=ids):
        for other in ids - {row.subject_id}:
            Recusal.objects.get_or_create(
                subject_id=other, user=row.user, agency=row.agency, lifted_at=None,
                defaults={"why": row.why, "entered_by": row.entered_by},
            )  # fmt: skip


def end_emergency(key: UUID, at: datetime) -> None:
    Emergency.objects.filter(pk=key, until__gt=at).update(until=at)
