"""What procuratorates did, and the federation's requests to them, as a text tells it."""

from typing import Any

from casework.measures.supervision.models import Supervision
from casework.measures.supervision.workflow import S
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform

DECISIONS = (
    ("refus", "refused"), ("not support", "refused"), ("不支持", "refused"), ("withdr", "withdrawn"), ("撤回", "withdrawn"),
)  # fmt: skip


def _matter(story: Play, event: Event, move: str) -> Supervision:
    """A matter of its own, with the text as its facts; the procuratorate took it up, so a lead passed it on."""
    made: Supervision = begin(
        Supervision, actor=story.cast.caseworker, case=story.case, subject="other", now=story.clock,
        facts_of_matter=event.details or "原文未述", demand="原文未述",
    )  # fmt: skip
    takes: dict[str, Any] = {"clue_kind": "other"} if move == "pass_clue" else {}
    perform(made, move, actor=story.cast.lead, at=event.when, now=story.clock, **takes)
    story.supervisions.append(made)
    return made


def _open(story: Play, *states: str) -> Supervision | None:
    return next((one for one in reversed(story.supervisions) if one.state in states), None)


def clue(story: Play, event: Event) -> None:
    story.note(event)
    _matter(story, event, "pass_clue")


def suggestion(story: Play, event: Event) -> None:
    story.note(event)
    found = _open(story, S.CLUE) or _matter(story, event, "pass_clue")
    perform(found, "note_suggestion", actor=story.cast.caseworker, **story.at(event))


def hearing(story: Play, event: Event) -> None:
    story.note(event)
    if found := _open(story, S.CLUE, S.SUGGESTED, S.SUED):
        perform(found, "note_hearing", actor=story.cast.caseworker, **story.at(event))


def suit(story: Play, event: Event) -> None:
    story.note(event)
    found = _open(story, S.CLUE, S.SUGGESTED) or _matter(story, event, "pass_clue")
    perform(found, "note_suit", actor=story.cast.caseworker, **story.at(event))


def rectified(story: Play, event: Event) -> None:
    story.note(event)
    if found := _open(story, S.CLUE, S.SUGGESTED, S.SUED):
        perform(
            found,
            "rectify",
            actor=story.cast.caseworker,
            account=event.details or "原文未述",
            **story.at(event),
        )


def support_asked(story: Play, event: Event) -> None:
    story.note(event)
    if _open(story, S.SUPPORT) is None:
        _matter(story, event, "ask_support")


def support_decided(story: Play, event: Event) -> None:
    story.note(event)
    found = _open(story, S.SUPPORT) or _matter(story, event, "ask_support")
    said = event.details.lower()
    decision = next((code for word, code in DECISIONS if word in said), "supported")
    perform(found, "decide_support", actor=story.cast.caseworker, decision=decision, **story.at(event))
