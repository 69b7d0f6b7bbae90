"""Hand-overs to other bodies, and legal aid."""

from typing import Any

from referrals.models import Referral
from scenarios import words
from scenarios.facts import Event
from scenarios.story import Play
from workflow.engine import begin, perform

UNSTATED = "原文未述"
SERVICES = (
    ("aid", "legal_aid"), ("法援", "legal_aid"), ("法律援助", "legal_aid"), ("appraisal", "appraisal"), ("鉴定", "appraisal"),
    ("hospital", "medical"), ("医", "medical"), ("counsel", "counselling"), ("心理", "counselling"),
    ("shelter", "shelter"), ("庇护", "shelter"), ("job", "employment"), ("就业", "employment"),
    ("school", "child_protection"), ("mediat", "mediation"), ("interpret", "interpreter"), ("翻译", "interpreter"),
)  # fmt: skip


def referral(story: Play, event: Event) -> None:
    """Sent by the federation: a referral of ours. Sent by another body: an entry of the timeline."""
    if words.body(event.actor) != "federation":
        story.note(event)
        return
    row = _drafted(story, words.one_of(event.details, SERVICES, "other"), event)
    if row.service == "legal_aid":
        _send(story, row, event)
    else:
        story.say(event, "the receiving body is not stated; the referral stays a draft")
        story.note(event)


def aid_applied(story: Play, event: Event) -> None:
    """She or the federation for her asks the legal aid centre; it is the receiving body of a referral of ours."""
    story.note(event)
    if not _waiting(story):
        _send(story, _drafted(story, "legal_aid", event), event)


def aid_granted(story: Play, event: Event) -> None:
    waiting = _waiting(story)
    if not waiting:
        story.note(event)
        return
    perform(waiting[0], "accept", actor=story.cast.legal_aid, **story.at(event))


def _waiting(story: Play) -> list[Referral]:
    return [row for row in story.referrals if row.service == "legal_aid" and row.state == "sent"]


def _drafted(story: Play, service: str, event: Event) -> Referral:
    row = begin(
        Referral, actor=story.cast.caseworker, case=story.case, service=service, urgency="normal",
        request=event.details or UNSTATED, now=story.clock,
    )  # fmt: skip
    story.referrals.append(row)
    return row


def _send(story: Play, row: Referral, event: Event) -> None:
    """Her consent is not told: it went by the duty of whoever is reached first (IMAR 18)."""
    takes: dict[str, Any] = {"basis": "duty", "why_without": f"{UNSTATED}；首接责任"}
    perform(
        row,
        "send",
        actor=story.cast.caseworker,
        receiver=story.cast.legal_aid.agency_id,
        **takes,
        **story.at(event),
    )
