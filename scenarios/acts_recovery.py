"""Judicial assistance as a text tells it: asked for at some time before, granted by the body that is named."""

from typing import Any

from casework.measures.recovery_plan.models import RecoveryPlan
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform
from workflow.when import Precision, When


def judicial_relief(story: Play, event: Event) -> None:
    """No text says what else she wanted, so the plan stays a draft: nothing is pretended to have been agreed."""
    worker, body = story.cast.caseworker, words.body(event.actor)
    if not story.plans:
        story.plans.append(
            begin(
                RecoveryPlan, actor=worker, case=story.case, whose="woman", fields=["money"], now=story.clock
            )
        )
    plan, before = story.plans[-1], When(None, event.when.latest, Precision.RANGE)
    asked = body if body in ("court", "procuratorate", "police") else "other"
    perform(
        plan,
        "ask_for_aid",
        actor=worker,
        aid="judicial",
        body=asked,
        account=event.details,
        at=before,
        now=story.clock,
    )
    given: dict[str, Any] = {"request": str(plan.aids.count()), "answer": "granted", **story.at(event)}
    if (yuan := words.number(event.details, "元")) is not None:
        given["yuan"] = yuan
    perform(plan, "record_answer", actor=worker, **given)
