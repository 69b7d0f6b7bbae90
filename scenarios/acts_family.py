"""Talks between people at odds: the federation's own are a mediation, anybody else's an entry of the timeline."""

from casework.measures.family_mediation.models import FamilyMediation
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform


def mediation(story: Play, event: Event) -> None:
    """Where the product forbids it (F03) the refusal is told, and the timeline keeps what was tried."""
    if words.body(event.actor) != "federation":
        story.note(event)
        return
    begun = begin(
        FamilyMediation, actor=story.cast.caseworker, case=story.case, subjects=["other"], mediator="federation",
        asked_apart=True, both_willing=True, now=story.clock,
    )  # fmt: skip
    perform(begun, "hold", actor=story.cast.caseworker, signs=False, talk=event.details, **story.at(event))
