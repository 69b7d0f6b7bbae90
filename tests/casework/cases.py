"""Cases for tests: made the way the product makes them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.models import Case
from workflow.engine import perform

CHILD = "乌日娜"
NAME, PHONE, ID_NUMBER = "李秀芝", "13812345678", "110101199003070038"
ALL_NO = dict.fromkeys(("1", "2", "3", "4", "5", "6", "7", "8", "9", "F1", "F2"), "no")


def answers(*yes: str, unknown: tuple[str, ...] = ()) -> dict[str, str]:
    return ALL_NO | dict.fromkeys(yes, "yes") | dict.fromkeys(unknown, "unknown")


def a_case(actor: Actor, **fields: Any) -> Case:
    fields = {"matter": "dv", "relation": "1_spouse", "forms": ["physical"], "channel": "walk_in"} | fields
    return services.open_case(actor=actor, **fields)


def with_victim(case: Case, actor: Actor, **fields: Any) -> Any:
    fields = {"name": NAME, "phone": PHONE, "id_number": ID_NUMBER, "sex": "f", "age": 34} | fields
    return services.add_person(case, actor=actor, role="victim", **fields)


def a_child(case: Case, actor: Actor, **fields: Any) -> Any:
    fields = {"name": CHILD, "phone": "13700137000", "age": 9} | fields
    return services.add_person(case, actor=actor, role="child", **fields)


def with_leave(person: Any, actor: Actor) -> Any:
    """The person, whose data this actor may read for the next day."""
    services.open_in_emergency(person, actor=actor, why="danger", reason="孩子可能有危险")
    return person


def ready_to_close(actor: Actor) -> Case:
    """Assessed low, rights told, children asked."""
    case = a_case(actor)
    services.assess_danger(case, actor=actor, answers=ALL_NO)
    case.refresh_from_db()
    services.inform_rights(case, actor=actor)
    services.answer_children(case, actor=actor, answer=False)
    case.refresh_from_db()
    return case


def close(case: Case, actor: Actor, **takes: Any) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    given: dict[str, Any] = {"closing_reason": "safe", "follow_up_on": soon} | takes
    perform(case, "close", actor=actor, **given)


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)
