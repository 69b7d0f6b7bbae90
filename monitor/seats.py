"""The groups of the plan and who sits in them today. A seat opens what is written here and nothing else; it ends with its day."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.who import seated
from monitor.people import READERS
from monitor.stored import Seat

if TYPE_CHECKING:
    from django.db.models import QuerySet

Group = Seat.Group
# Who may sit in a group: a posting as caseworker or administrator opens nothing of the plan.
SITTERS = (*READERS, Role.LEAD)

GROUPS_THAT_WORK = (Group.LEADING, Group.MONITORING, Group.EVALUATION)
leading_seat = seated(Group.LEADING, "leading group")
monitoring_seat = seated(Group.MONITORING, "monitoring group")
evaluation_seat = seated(Group.EVALUATION, "evaluation group")


def seats_now(actor: Actor) -> "QuerySet[Seat]":
    """The seats this person holds today, in this posting's right to sit at all."""
    if actor.role not in SITTERS:
        return Seat.objects.none()
    today = timezone.localdate()
    held = Seat.objects.filter(user=actor.user_id, starts_on__lte=today)
    return held.filter(Q(ends_on=None) | Q(ends_on__gte=today))


def sits_in(actor: Actor, *groups: str) -> Q:
    """Rows of the areas where the actor sits in one of these groups."""
    return Q(area__in=seats_now(actor).filter(group__in=groups).order_by().values("area"))


def sits(actor: Actor, area: str, groups: Iterable[str]) -> bool:
    return seats_now(actor).filter(area=area, group__in=list(groups)).exists()


class Seated:
    """Of a life with an area: asked by the predicates above, once for each group and person."""

    area_id: Any

    def seats(self, group: str, actor: Actor) -> bool:
        known: dict[tuple[str, Any], bool] = self.__dict__.setdefault("_seats", {})
        key = (group, actor.user_id)
        if key not in known:
            known[key] = sits(actor, self.area_id, [group])
        return known[key]
