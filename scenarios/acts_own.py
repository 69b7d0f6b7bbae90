"""What the federation itself did."""

from casework import services
from casework.measures.follow_up_visit.models import FollowUpVisit
from scenarios import words
from scenarios.facts import Event
from scenarios.story import LIVE, Play
from workflow.engine import begin, perform


def visit(story: Play, event: Event) -> None:
    """A visit by the federation is a follow-up visit; anybody else's is an entry of the timeline."""
    if words.body(event.actor) != "federation" and "协助执行" not in event.actor:
        story.note(event)
        return
    basis = "order" if story.order is not None and story.order.state in LIVE else "danger"
    planned = begin(
        FollowUpVisit,
        actor=story.cast.caseworker,
        case=story.case,
        basis=basis,
        due_at=story.clock,
        now=story.clock,
    )
    perform(
        planned, "hold", actor=story.cast.caseworker, channel="home", safe_to_talk=True, new_violence="unknown",
        account=event.details or "原文未述",
        **story.at(event),
    )  # fmt: skip


def rights(story: Play, event: Event) -> None:
    services.inform_rights(story.case, actor=story.cast.caseworker, how=event.details, at=event.when)
