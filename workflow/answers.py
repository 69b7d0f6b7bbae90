"""What was answered when a step was made: sealed, so it is opened only for a reader who is written down."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import pgettext

from agencies.actor import Actor
from privacy.audit import Purpose
from privacy.reading import reveal_many
from workflow.models import StepRecord
from workflow.registry import life
from workflow.table import Ask, Text

Answers = list[tuple[Text, Any]]


def answers_of(
    steps: Sequence[StepRecord], *, actor: Actor, purpose: Purpose = Purpose.CASEWORK
) -> dict[UUID, Answers]:
    """Step id -> (question, answer) in the order of the table; one read audit for all.

    The caller has reached the object of these steps within the actor's scope.
    """
    told = [step for step in steps if step.payload]
    opened = reveal_many([(step, ("payload",)) for step in told], actor=actor, purpose=purpose)
    return {step.pk: _worded(step, found["payload"]) for step, found in zip(told, opened, strict=True)}


def _worded(step: StepRecord, payload: dict[str, Any]) -> Answers:
    asks = {ask.name: ask for ask in _asks(step)}
    names = [name for name in asks if name in payload] + [name for name in payload if name not in asks]
    return [
        (asks[name].label if name in asks else name, _word(asks.get(name), payload[name])) for name in names
    ]


def _asks(step: StepRecord) -> tuple[Ask, ...]:
    """The questions of the row as it stands today; a step of an older table keeps its names."""
    try:
        return life(step.flow).flow.move(step.move).asks
    except KeyError:
        return ()


def _word(ask: Ask | None, value: Any) -> Any:
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    return dict(ask.choices).get(value, value) if ask else value
