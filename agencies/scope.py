"""Rows are reached only through a scoped queryset. A model without a scope shows nothing to anybody."""

from typing import Self

from django.db.models import Q

from agencies.actor import Actor
from agencies.need_to_know import not_closed, not_recused
from privacy.query import SealedQuerySet

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


class ScopedQuerySet(SealedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Only the rows this actor may know to exist; a foreign row is the same as an absent one."""
        if actor.is_system:
            return self.all()
        scope = getattr(self.model, "scope", None)
        if scope is None:
            return self.filter(NOTHING)
        seen = scope(actor) & not_recused(self.model, actor) & not_closed(self.model, actor)
        return self.filter(seen)
