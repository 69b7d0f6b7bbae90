"""The agenda: what is called, what waits for a signature, and the dangerous cases nobody has sat together about."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.actor import Actor
from casework.codes import Danger
from casework.measures.case_conference.models import CaseConference
from casework.measures.case_conference.workflow import S
from casework.models import Case, Task
from casework.needs import STILL_OPEN
from casework.selectors import visible_cases

RECENT = timedelta(days=90)  # our own rule: a conference this long ago answers no danger of today
MOST = 200


def without_conference(actor: Actor) -> "QuerySet[Case]":
    """Open cases of high danger with no conference under way and none held lately."""
    recent = Q(state=S.CLOSED, meets_at__gt=timezone.now() - RECENT)
    live = ~Q(state__in=[S.CLOSED, S.DROPPED])
    one = CaseConference.objects.filter(recent | live, case_id=OuterRef("pk")).order_by()
    rows = visible_cases(actor).filter(danger=Danger.HIGH, state__in=STILL_OPEN)
    return rows.filter(~Exists(one)).order_by("created_at")


def agenda(actor: Actor) -> dict[str, Any]:
    """One screen: the conferences by what they wait for, each with its open actions, and the cases without one."""
    rows = CaseConference.objects.visible_to(actor).exclude(state__in=[S.CLOSED, S.DROPPED])
    found = list(rows.select_related("case").order_by("meets_at", "created_at")[:MOST])
    tasks = Task.objects.filter(
        flow=CaseConference.flow.key, obj_id__in=[one.pk for one in found], done_at=None
    )
    owed = dict(tasks.order_by().values_list("obj_id").annotate(Count("pk")))
    for one in found:
        one.open_actions = owed.get(one.pk, 0)
    return {
        "groups": [(state.label, [one for one in found if one.state == state]) for state in S],
        "cases": without_conference(actor)[:MOST],
    }
