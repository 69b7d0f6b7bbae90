"""Visits for tests: made the way the product makes them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import SYSTEM, Actor
from casework import services
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.models import Case
from tests.casework.cases import ALL_NO, a_case, answers
from tests.people import a_caseworker, committee_agency, police, town
from workflow.engine import begin, perform

HELD: dict[str, Any] = {"safe_to_talk": True, "channel": "phone", "new_violence": "no"}
MISSED: dict[str, Any] = {"channel": "phone", "tried": "上午、下午各打一次"}
BRIEF = "看望三单元的李大姐，说是来登记水表"
DAY = timedelta(days=1)
SIX = ("1", "2", "3", "4", "5", "6")


def watched(worker: Actor, *yes: str) -> Case:
    """A case being worked on; each `yes` is an item of the scale: six are high danger."""
    case = a_case(worker, area=town())
    services.assess_danger(case, actor=worker, answers=answers(*yes) if yes else ALL_NO)
    case.refresh_from_db()
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    case.refresh_from_db()
    perform(case, "activate", actor=worker)
    return case


def a_visit(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> FollowUpVisit:
    worker = worker or a_caseworker()
    fields = {"basis": "danger", "due_at": timezone.now() + DAY, **fields}
    actor = SYSTEM if fields["basis"] == "order_end" else worker
    return begin(FollowUpVisit, actor=actor, case=case or watched(worker), **fields)


def miss(visit: FollowUpVisit, worker: Actor, times: int = 1) -> FollowUpVisit:
    for _time in range(times):
        perform(visit, "miss", actor=worker, **MISSED)
    return visit


def entrusted(worker: Actor, **fields: Any) -> FollowUpVisit:
    visit = a_visit(worker, **fields)
    perform(visit, "entrust", actor=worker, helper=committee_agency().pk, brief=BRIEF)
    return visit


def with_police(worker: Actor) -> FollowUpVisit:
    visit = entrusted(worker)
    perform(visit, "ask_police", actor=worker, police_agency=police().pk, brief=BRIEF)
    return visit


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())
