"""Lives for the statistics: steps and deadlines with chosen facts, written the way the engine writes them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from agencies.models import Agency
from tests.people import federation
from workflow.deadlines import ClockRule, Deadline, DeadlineState
from workflow.models import PendingStep, StepRecord

NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
FACTS = {
    "matter": "dv",
    "forms": ["physical"],
    "relation": "1_spouse",
    "danger": "high",
    "channel": "hotline",
}


def a_step(flow: str = "case", move: str = "open", *, home: Agency | None = None, at: datetime | None = NOON,
           obj: UUID | None = None, subject: UUID | None = None,
           recorded: datetime = NOON, to_state: str = "intake", **facts: Any) -> StepRecord:  # fmt: skip
    obj = obj or uuid4()
    step = StepRecord(
        flow=flow, obj_id=obj, subject_id=subject or obj, move=move, to_state=to_state, actor_user=uuid4(),
        actor_role="caseworker",
        recorded_at=recorded, happened_from=at, happened_to=at, precision="instant" if at else "unknown", obj_rev=1,
        facts=FACTS | {"home": str((home or federation()).pk)} | facts,
    )  # fmt: skip
    step.save(force_insert=True)
    PendingStep.objects.create(step=step)
    return step


def steps(n: int, *args: Any, **fields: Any) -> list[StepRecord]:
    return [a_step(*args, **fields) for _ in range(n)]


def a_deadline(clock: str = "ppo_decision_72h", state: str = "met", *, home: Agency | None = None, at: datetime = NOON,
               **fields: Any) -> Deadline:  # fmt: skip
    rule = ClockRule.objects.current(clock)
    policy = not rule.facts.is_statutory
    end = {"policy_due" if policy else "legal_expiry": at + timedelta(hours=72)}
    ended = {} if state == DeadlineState.OPEN else {"ended_from": at, "ended_to": at, "closed_at": at}
    return Deadline.objects.create(
        rule=rule, clock=clock, flow="protection_order", obj_id=uuid4(), subject_id=uuid4(), owner=rule.facts.owner,
        home_agency=home or federation(), started_from=at, started_to=at, state=state, is_policy=policy,
        **(end | ended | fields),
    )  # fmt: skip


def settle(deadline: Deadline, state: str, at: datetime = NOON) -> None:
    deadline.state, deadline.ended_from, deadline.ended_to, deadline.closed_at = state, at, at, at
    deadline.save()
