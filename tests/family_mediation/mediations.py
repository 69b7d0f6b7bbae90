"""Mediations for tests: made the way the product makes them."""

from typing import Any

from agencies.actor import Actor
from casework.measures.family_mediation.models import FamilyMediation
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker
from workflow.engine import begin, perform


def a_marriage_case(worker: Actor, **fields: Any) -> Case:
    case = a_case(worker, **({"matter": "marriage_family", "forms": []} | fields))
    with_victim(case, worker)
    case.refresh_from_db()
    return case


def a_mediation(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> FamilyMediation:
    worker = worker or a_caseworker()
    given: dict[str, Any] = {
        "subjects": ["custody"], "mediator": "federation", "asked_apart": True, "both_willing": True,
    } | fields  # fmt: skip
    made: FamilyMediation = begin(
        FamilyMediation, actor=worker, case=case or a_marriage_case(worker), **given
    )
    return made


def talking(worker: Actor, **fields: Any) -> FamilyMediation:
    mediation = a_mediation(worker, **fields)
    perform(mediation, "hold", actor=worker, signs=False, talk="商量孩子由谁抚养")
    return mediation
