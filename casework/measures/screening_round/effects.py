"""What a step of a round causes, through step.obj."""

from typing import TYPE_CHECKING

from casework.measures.screening_round.needs import GRAVE
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.screening_round.models import ScreeningRound
    from workflow.models import StepRecord


def tell_committee(step: "StepRecord") -> None:
    one: ScreeningRound = step.obj
    if one.committee_id:
        send(topic="notice", agency_id=one.committee_id, kind="screening_running", obj=one)


def record_check(step: "StepRecord") -> None:
    """One row per entry: a number of doors, or one finding with its sealed text."""
    one: ScreeningRound = step.obj
    result = str(step.asked["result"])
    one.add_check(
        actor=step.actor, result=result, how_many=step.asked.get("how_many") or 1,
        account=step.asked.get("account") or "", at=step.recorded_at,
    )  # fmt: skip
    if result in GRAVE:
        send(topic="notice", agency_id=one.agency_id, kind=f"screening_{result}", obj=one)
