"""What every part of a case shares: it belongs to the case and is sealed with the case's key."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.scope import ScopedQuerySet
from casework.models.case import Case
from casework.protection import require_need_to_know
from privacy.actors import ActorLike
from privacy.models import SealedModel
from workflow.when import Precision, When


class CasePart(SealedModel):
    """Whoever may see the case may see its parts; the parts say so themselves, in one query."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(case__in=Case.objects.visible_to(actor).order_by())

    def seal_owner(self) -> UUID:
        return self.case_id


class ToldPart(CasePart):
    """What was told of her: in the highest protection class closed to colleagues who are not responsible."""

    class Meta:
        abstract = True

    @classmethod
    def require_leave(cls, rows: Sequence[Self], *, actor: ActorLike, purpose: str) -> None:
        require_need_to_know((row.case for row in rows), actor=actor, purpose=purpose)


class Happened(models.Model):
    """When something happened, as far as anybody knows."""

    happened_from = models.DateTimeField(_("Earliest"), null=True, blank=True)
    happened_to = models.DateTimeField(_("Latest"), null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.UNKNOWN)
    offset_least = models.DurationField(null=True, editable=False)
    offset_most = models.DurationField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def happened(self) -> When:
        offsets = None
        if self.offset_least is not None and self.offset_most is not None:
            offsets = (self.offset_least, self.offset_most)
        return When(self.happened_from, self.happened_to, Precision(self.precision), offsets)

    @happened.setter
    def happened(self, when: When) -> None:
        self.happened_from, self.happened_to = when.earliest, when.latest
        self.precision = when.precision
        self.offset_least, self.offset_most = when.offsets or (None, None)
