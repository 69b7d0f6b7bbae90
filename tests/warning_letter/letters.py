"""Letters for tests: made the way the product makes them, at times that are passed in."""

from typing import Any

from agencies.actor import Actor
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case
from tests.people import a_policeman, police
from tests.protection_orders.orders import a_full_case, at
from workflow.engine import begin, perform

FAR = ("drafted", "requested", "accepted", "issued", "service_asked", "served")
TIMES = dict(
    zip(
        FAR,
        ("2026-03-02 09:00", "2026-03-02 10:00", "2026-03-02 11:00", "2026-03-03 11:00", "2026-03-04 09:00", "2026-03-05 10:00"),
        strict=True,
    )
)  # fmt: skip


def with_plan(case: Case, worker: Actor) -> Case:
    services.write_safety_plan(case, actor=worker, steps=["police", "exit"], text="听到“快递”立即离开")
    return case


def drafted(worker: Actor, case: Case | None = None, **fields: Any) -> WarningLetter:
    given = {"letter_type": "dv", "origin": "victim"} | fields
    case = case or with_plan(a_full_case(worker), worker)
    return begin(WarningLetter, actor=worker, case=case, at=at(TIMES["drafted"]), **given)


def letter_in(state: str, worker: Actor, *, case: Case | None = None, **takes: Any) -> WarningLetter:
    """A letter that came as far as this state by its own moves. `takes`: what a move is given besides, by its name;
    `times`: other times, by the state they lead to."""
    officer, times = a_policeman(), TIMES | takes.pop("times", {})
    letter = drafted(worker, case, **takes.pop("draft", {}))
    asked = {"police_agency": police(), "grounds": ["victim_asks"], "account": "他喝酒后动手，孩子在场。"}
    moves: tuple[tuple[str, Actor, dict[str, Any]], ...] = (
        ("request", worker, asked), ("accept", officer, {"case_number": "2026-118"}),
        ("issue", officer, {"letter_number": "2026-21"}), ("ask_service", worker, {}), ("serve", officer, {}),
    )  # fmt: skip
    for reached, (name, actor, given) in zip(FAR[1 : FAR.index(state) + 1], moves, strict=False):
        perform(letter, name, actor=actor, at=at(times[reached]), **(given | takes.get(name, {})))
    return letter
