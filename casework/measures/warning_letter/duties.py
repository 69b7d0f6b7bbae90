"""What a body is waited for: not all that it may do, only what it owes; for a station also in words."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from agencies.actor import Actor
from agencies.who import police
from casework.measures.warning_letter.needs import three_clean_visits
from casework.measures.warning_letter.workflow import S

OWED: dict[S, tuple[str | Promise, tuple[str, ...]]] = {
    S.REQUESTED: (_("Take it up, or decide at once"), ("accept", "issue", "refuse")),
    S.ACCEPTED: (p_("owed", "Decide"), ("issue", "criticise", "penalise", "prosecute", "refuse")),
    S.ISSUED: (_("Serve it, and tell the federation"), ("serve", "note_notice")),
    S.SERVICE_ASKED: (_("Serve it: the safety plan stands"), ("serve", "note_notice")),
    S.SERVED: (p_("owed", "Visit"), ("visit_clean", "visit_relapse")),
    S.RELAPSED: (_("Deal with the new violence"), ("punish", "prosecute_relapse", "resume", "serve")),
}


OURS: dict[S, tuple[str, ...]] = {
    S.DRAFTED: ("request", "learn"),
    S.ISSUED: ("ask_service", "note_notice"),
    S.SERVICE_ASKED: ("note_notice",),
    S.SERVED: ("note_notice", "record_education", "report_relapse"),
    S.RELAPSED: ("note_notice",),
}


def is_duty(letter: Any, move: str, actor: Actor) -> bool:
    """Once the visits are complete they are ended, not repeated."""
    if (move == "note_notice" and letter.notice_noted) or (move == "serve" and letter.was_served):
        return False
    if not police(actor):
        return move in OURS.get(S(letter.state), ())
    if letter.state == S.SERVED and three_clean_visits.test(letter):
        return move == "end"
    return move in OWED.get(S(letter.state), ("", ()))[1]
