"""Guardianship matters for tests: made the way the product makes them."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import Role
from casework import services
from casework.measures.guardianship.models import Guardianship
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, a_judge, an_actor, civil_affairs, court
from workflow.engine import begin, perform
from workflow.when import When

START = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.get_default_timezone())
ROAD = ("file", "accept", "revoke", "appoint", "ask_restore")
STATES = ("prepared", "filed", "accepted", "revoked", "appointed", "restore_asked")
TAKES: dict[str, dict[str, Any]] = {"appoint": {"new_guardian": "relative", "new_guardian_name": "李秀英"}}


def a_civil_servant() -> Actor:
    return an_actor(Role.LIAISON, civil_affairs())


def a_case_with_a_guardian(worker: Actor) -> Case:
    case = a_case(
        worker, matter="child_abuse", relation="2_parent_child", flags=["minor", "guardian_is_suspect"]
    )
    with_victim(case, worker, name="小雨", age=8, phone="", id_number="")
    services.add_person(
        case, actor=worker, role="respondent", name="赵某强", sex="m", id_number="110101199003070038"
    )
    case.refresh_from_db()
    return case


def prepared(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> Guardianship:
    worker = worker or a_caseworker()
    given: dict[str, Any] = {
        "ward": "minor", "grounds": ["harm"], "applicant": "federation", "account": "长期殴打，多次劝阻无效。",
        "ward_wish": "想和姥姥一起住。", "court": court().pk, "civil_affairs": civil_affairs().pk,
    } | fields  # fmt: skip
    made: Guardianship = begin(
        Guardianship, actor=worker, case=case or a_case_with_a_guardian(worker), **given
    )
    return made


def matter_in(state: str, worker: Actor, at: When | None = None, **fields: Any) -> Guardianship:
    """A matter that came as far as this state by its own moves, the last of them at `at`."""
    matter, judge = prepared(worker, **fields), a_judge()
    steps = ROAD[: STATES.index(state)]
    for name in steps:
        when = at or When.instant(START)
        perform(matter, name, actor=worker if name == "file" else judge, at=when, **TAKES.get(name, {}))
    return matter
