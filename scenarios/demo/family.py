"""Families at odds and petitions of the demonstration."""

from datetime import timedelta
from typing import Any

from casework import services
from casework.measures.family_mediation.models import FamilyMediation
from casework.measures.petition.models import Petition
from casework.models import Case
from scenarios.demo.people import somebody
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform
from workflow.when import When

DAY = timedelta(days=1)


def tell_families(teller: Teller) -> None:
    """Two mediations, one of them agreed; three petitions: sent on a legal route, running, and with its opinion."""
    worker = teller.cast.caseworker
    for number in range(2):
        opened = teller.now - (12 + 9 * number) * DAY
        mediation: FamilyMediation = begin(
            FamilyMediation, actor=worker, case=_case(teller, opened, "marriage_family"), subjects=["custody", "maintenance"],
            mediator="federation", asked_apart=True, both_willing=True, **teller.at(opened),
        )  # fmt: skip
        perform(
            mediation,
            "hold",
            actor=worker,
            signs=False,
            talk="商量孩子由谁抚养。",
            **teller.at(opened + 3 * DAY),
        )
        if number:
            takes: dict[str, Any] = {"signed": True, "follow_up_on": (teller.now + 10 * DAY).date()}
            perform(
                mediation,
                "agree",
                actor=worker,
                terms="孩子随母亲生活。",
                **takes,
                **teller.at(opened + 6 * DAY),
            )
    for number, moves in enumerate((("route",), ("accept",), ("accept", "conclude"))):
        opened = teller.now - (20 + 16 * number) * DAY
        petition: Petition = begin(
            Petition, actor=worker, case=_case(teller, opened, "other"), source="direct", category="property", named=True,
            summary="土地承包权益受侵害，请求协调。", **teller.at(opened),
        )  # fmt: skip
        for step, name in enumerate(moves, 1):
            given: dict[str, Any] = {"route": {"legal_way": "court"}, "conclude": {"result": "partly"}}.get(
                name, {}
            )
            perform(petition, name, actor=worker, **given, **teller.at(opened + 6 * step * DAY))


def _case(teller: Teller, opened: Any, matter: str) -> Case:
    worker = teller.cast.caseworker
    case = services.open_case(
        actor=worker, at=When.instant(opened), channel="walk_in", matter=matter, area=teller.rng.choice(teller.areas),
    )  # fmt: skip
    person = somebody(teller.rng, "f", teller.rng.randrange(28, 55), opened.year)
    services.add_person(
        case, actor=worker, role="victim", name=person.name, phone=person.phone, sex="f", age=person.age
    )
    case.refresh_from_db()
    return case
