"""Orders for tests: made the way the product makes them, at times that are passed in."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.models import Case
from protection_orders.models import ProtectionOrder
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, committee_agency, court, police, town
from workflow.engine import begin, perform
from workflow.when import When

APPLICATION: dict[str, Any] = {
    "applicant": "self", "legal_basis": "ADVL23", "requested": ["M1", "M2", "M5"], "evidence": ["E1", "E8"],
    "jurisdiction": "applicant", "protects": ["victim"],
}  # fmt: skip
BEFORE = {"informed": 0, "prepared": 1, "filed": 2, "accepted": 3, "in_force": 4, "served": 5}


def at(text: str) -> When:
    """ "2026-03-05" is a day, "2026-03-05 14:30" an instant."""
    if len(text) == 10:
        return When.day(date.fromisoformat(text))
    return When.instant(datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone()))


def a_full_case(worker: Actor, **fields: Any) -> Case:
    """A victim, a respondent and one incident: what a court must be told."""
    case = a_case(worker, area=town(), **fields)
    with_victim(case, worker)
    services.add_person(
        case, actor=worker, role="respondent", name="赵某强", sex="m", relation_to_victim="1_spouse"
    )
    services.record_incident(case, actor=worker, forms=["physical"], account="推倒在地")
    case.refresh_from_db()
    return case


def informed(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> ProtectionOrder:
    worker = worker or a_caseworker()
    return begin(ProtectionOrder, actor=worker, case=case or a_full_case(worker), **fields)


def prepared(worker: Actor, **fields: Any) -> ProtectionOrder:
    order = informed(worker, fields.pop("case", None))
    bodies = {"court": court(), "police_agency": police(), "committee": committee_agency()}
    perform(order, "prepare", actor=worker, **(APPLICATION | bodies | fields))
    return order


def order_in(state: str, worker: Actor, *, made: str = "2026-03-02 10:00", **fields: Any) -> ProtectionOrder:
    """An order that came as far as this state by its own moves, the ruling made at `made`."""
    ruling = {"granted": ["M1", "M2"], "lapses_on": None, "validity_months": None} | {
        name: fields.pop(name)
        for name in ("granted", "lapses_on", "validity_months", "validity_days")
        if name in fields
    }
    order = informed(worker) if state == "informed" else prepared(worker, **fields)
    moves: list[tuple[str, dict[str, Any]]] = [
        ("file", {}), ("accept", {}), ("grant", {k: v for k, v in ruling.items() if v is not None}),
        ("serve", {"not_stated": True}),
    ]  # fmt: skip
    for name, takes in moves[: BEFORE[state] - 1 if BEFORE[state] else 0]:
        perform(order, name, actor=worker, at=at(made), **takes)
    return order
