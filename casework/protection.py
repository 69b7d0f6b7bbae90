"""The highest protection class (H03): who may open the texts of such a case once somebody is responsible for it."""

from collections.abc import Iterable
from typing import Any

from agencies.kinds import Role
from casework.case_types import HIGHEST_MATTERS
from privacy.actors import ActorLike
from privacy.audit import Purpose
from privacy.errors import NotApproved

# Parts of the case page that stay closed then. Danger, safety and how to reach her stay open: she may call again tonight.
KEPT = ("facts", "incidents", "evidence", "notes", "timeline")


def texts_closed(case: Any, actor: ActorLike) -> bool:
    """To colleagues who are not responsible, and to a federation that passed it on. The duty leader can look,
    and can name somebody else."""
    if getattr(actor, "emergency", None) == case.pk:
        return False  # the glass was broken: both who answer for the case know it
    if case.matter not in HIGHEST_MATTERS or actor.role not in {Role.OPERATOR, Role.CASEWORKER}:
        return False
    if case.assignee_id is None:
        return bool(case.agency_id != actor.agency_id)
    return bool(case.assignee_id != actor.user_id)


def require_need_to_know(cases: Iterable[Any], *, actor: ActorLike, purpose: str) -> None:
    """Raise NotApproved for a case whose texts are closed to this actor. A search answers with masks only."""
    for case in cases:
        if purpose != Purpose.SEARCH and texts_closed(case, actor):
            raise NotApproved(case.pk, ())
