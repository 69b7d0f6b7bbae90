"""No-contact orders for tests: made the way the product makes them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from casework.measures.no_contact_order.models import NoContactOrder
from casework.models import Case
from tests.casework.cases import a_case
from tests.people import police, town
from workflow.engine import begin, perform

ASKED: dict[str, Any] = {"conduct": ["clinging", "following"]}


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def drafted(worker: Actor, case: Case | None = None) -> NoContactOrder:
    case = case or a_case(
        worker,
        matter="stalking_ex_partner",
        relation="X1_ex_spouse",
        forms=["stalking_harassment"],
        area=town(),
    )
    return begin(NoContactOrder, actor=worker, case=case)


def asked(worker: Actor, case: Case | None = None) -> NoContactOrder:
    order = drafted(worker, case)
    perform(order, "ask", actor=worker, police_agency=police(), **ASKED)
    return order


def in_force(worker: Actor, case: Case | None = None, **takes: Any) -> NoContactOrder:
    order = asked(worker, case)
    made: dict[str, Any] = {"approved": True, "forbidden": ["meeting", "calling"], "ends_on": in_days(60)}
    perform(order, "order", actor=worker, **(made | takes))
    return order
