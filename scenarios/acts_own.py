"""What the federation itself did."""

from casework import services
from casework.measures.follow_up_visit.models import FollowUpVisit
from referrals.models import Referral
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


def referral(story: Play, event: Event) -> None:
    """Sent by the federation: a referral of ours. Sent by another body: an entry of the timeline."""
    if words.body(event.actor) != "federation":
        story.note(event)
        return
    aid = "aid" in event.details.lower() or "法援" in event.details or "法律援助" in event.details
    row = begin(
        Referral, actor=story.cast.caseworker, case=story.case, service="legal_aid" if aid else "other", urgency="normal",
        request=event.details, now=story.clock,
    )  # fmt: skip
    story.referrals.append(row)
    if aid:
        perform(
            row,
            "send",
            actor=story.cast.caseworker,
            receiver=story.cast.legal_aid.agency_id,
            basis="duty",
            **story.at(event),
        )
    else:
        story.say(event, "the receiving body is not stated; the referral stays a draft")
        story.note(event)


def aid_granted(story: Play, event: Event) -> None:
    open_ones = [row for row in story.referrals if row.service == "legal_aid" and row.state == "sent"]
    if not open_ones:
        story.note(event)
        return
    perform(open_ones[0], "accept", actor=story.cast.legal_aid, **story.at(event))


def rights(story: Play, event: Event) -> None:
    services.inform_rights(story.case, actor=story.cast.caseworker, how=event.details, at=event.when)
