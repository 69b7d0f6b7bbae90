"""Petitions for tests: made the way the product makes them, at times that are passed in."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from casework.measures.petition.models import Petition
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker
from workflow.engine import begin, perform
from workflow.when import When

START = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.get_default_timezone())
ROAD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accept", {}), ("conclude", {"result": "partly"}), ("ask_review", {}), ("review", {}), ("ask_recheck", {}), ("recheck", {}),
)  # fmt: skip
STATES = ("received", "accepted", "concluded", "reviewing", "reviewed", "rechecking", "final")


def after(days: float) -> When:
    return When.instant(START + timedelta(days=days))


def received(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> Petition:
    worker = worker or a_caseworker()
    if case is None:
        case = a_case(worker, matter="other", forms=[])
        with_victim(case, worker)
    given: dict[str, Any] = {
        "source": "direct", "category": "marriage", "named": True, "summary": "请求帮助协调落户。", "at": When.instant(START),
    } | fields  # fmt: skip
    made: Petition = begin(Petition, actor=worker, case=case, **given)
    return made


def petition_in(state: str, worker: Actor, **fields: Any) -> Petition:
    """Each step a day after the one before."""
    petition = received(worker, **fields)
    for day, (name, takes) in enumerate(ROAD[: STATES.index(state)], 1):
        perform(petition, name, actor=worker, at=after(day), **takes)
    return petition
