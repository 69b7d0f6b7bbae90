"""Reads for the pages of the visits: today's list, and what a visit shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise

from agencies.actor import Actor
from casework.calling import may_call
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.workflow import OPEN, S
from casework.models import SafeContact
from workflow.counting import end_of, local_day

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One visit on the list, and whether she may be called at this moment."""

    visit: FollowUpVisit
    contact: SafeContact | None
    allowed: bool
    why: str | Promise
    following: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """`searched`: nobody has spoken to her yet; `due`: today or overdue; `soon`: the next seven days."""

    searched: list[Line]
    due: list[Line]
    soon: list[Line]

    def __bool__(self) -> bool:
        return bool(self.searched or self.due or self.soon)


def visits_of_the_day(actor: Actor, now: datetime, *, mine: bool) -> Day:
    """Two queries, however many visits."""
    tonight = end_of(local_day(now))
    rows = FollowUpVisit.objects.visible_to(actor).filter(state__in=OPEN)
    rows = rows.filter(~Q(state=S.PLANNED) | Q(due_at__lte=tonight + timedelta(days=7)))
    if mine:
        rows = rows.filter(
            Q(case__assignee_id=actor.user_id) | Q(case__assignee_id=None, case__agency_id=actor.agency_id)
        )
    visits = list(
        rows.select_related("case", "case__assignee", "helper", "police_agency").order_by("due_at")[:MOST]
    )
    contacts = {c.case_id: c for c in SafeContact.objects.filter(case__in={v.case_id for v in visits})}
    lines = [
        Line(visit, contacts.get(visit.case_id), *may_call(contacts.get(visit.case_id), now))
        for visit in visits
    ]
    planned = [line for line in lines if line.visit.state == S.PLANNED]
    return Day(
        [line for line in lines if line.visit.state != S.PLANNED],
        [line for line in planned if line.visit.due_at <= tonight],
        [line for line in planned if line.visit.due_at > tonight],
    )
