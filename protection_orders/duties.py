"""What a court or a station is waited for: not all that it may do, only what it owes."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from protection_orders.codes import Helper
from protection_orders.workflow import S

OWED_BY_COURT = {S.FILED: ("accept",), S.ACCEPTED: ("grant", "dismiss"), S.IN_FORCE: ("serve",)}
# An answer is owed while what it answers is open.
ANSWERS = {
    "extend": ("extend_applied",), "vary": ("vary_applied",), "revoke": ("revoke_applied",),
    "refuse_change": ("extend_applied", "vary_applied", "revoke_applied"), "uphold": ("reconsideration_by",),
    "grant_after_all": ("reconsideration_by",), "set_aside": ("reconsideration_by",),
}  # fmt: skip


def is_duty(order: Any, move: str, actor: Actor) -> bool:
    if actor.kind == AgencyKind.POLICE:
        return move == "verify" and Helper.POLICE in order.helped_by and not order.verified
    if actor.kind != AgencyKind.COURT:
        return False
    return move in OWED_BY_COURT.get(S(order.state), ()) or any(
        getattr(order, n) for n in ANSWERS.get(move, ())
    )
