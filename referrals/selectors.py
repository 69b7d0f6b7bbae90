"""Reads about referrals: what a receiver may see, the ledger of a case, and which bodies answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework.models import Case, Evidence
from referrals.codes import ALLOWED, Item
from referrals.models import Attachment, Disclosure, Referral
from referrals.workflow import AT_WORK, S
from workflow.engine import OpenMove, open_moves
from workflow.models import Deadline, StepRecord

TOLD = ("feed_back", "finish", "refuse", "accept", "start", "object", "allow", "uphold")
# What is likely next; everything else folds away.
NEXT = {
    S.DRAFTED: ("send", "amend"), S.SENT: ("accept", "refuse"), S.SEEN: ("accept", "refuse"),
    S.ACCEPTED: ("start", "feed_back", "refuse"), S.IN_SERVICE: ("feed_back", "finish"),
    S.ANSWERED: ("close",), S.REFUSED: ("reroute", "let_rest"), S.OBJECTED: ("allow", "uphold"),
}  # fmt: skip
WHILE_ACTING = (S.SENT, S.SEEN, *AT_WORK)


def shown_items(referral: Referral) -> set[str]:
    """Ticked and allowed for this service; an address only while the body still acts."""
    items = {str(item) for item in ALLOWED.get(referral.service, ())} & {
        str(item) for item in referral.shares
    }
    return items if referral.state in (S.DRAFTED, *WHILE_ACTING) else items - {str(Item.ADDRESS)}


def moves_of(referral: Referral, actor: Actor) -> tuple[list[OpenMove], list[OpenMove]]:
    """(likely next, all others) of what this actor can do. Seeing is done by looking, not by a button."""
    first = NEXT.get(S(referral.state), ())
    if referral.basis_gone:
        first = ("rebase", "withdraw", *first)
    found = [one for one in open_moves(referral, actor) if one.move.name != "see"]
    main = sorted((f for f in found if f.move.name in first), key=lambda f: first.index(f.move.name))
    return main, [f for f in found if f not in main]


def answered_steps(referral: Referral, actor: Actor) -> "QuerySet[StepRecord]":
    """Steps that carry an answer; a receiver reads its own and nobody else's."""
    rows = StepRecord.objects.filter(obj_id=referral.pk, move__in=TOLD, payload__isnull=False)
    return rows.filter(actor_agency=actor.agency_id) if actor.role == Role.LIAISON else rows


def files_of(referral: Referral) -> "QuerySet[Attachment]":
    """What is attached, if files may be seen at all."""
    rows = referral.attachments.select_related("evidence")
    return rows if str(Item.FILES) in shown_items(referral) else rows.none()


def attachable(referral: Referral) -> "QuerySet[Evidence]":
    taken = referral.attachments.values("evidence_id")
    return referral.case.evidences.exclude(file_id=None).exclude(pk__in=taken)


def ledger_of(case: Case) -> list[Disclosure]:
    return list(Disclosure.objects.filter(case=case).select_related("agency", "case", "referral"))


@dataclass
class BodyRow:
    """How one body answers. Counted from steps and clocks as they were recorded, not from today's states."""

    agency: Agency
    sent: int = 0
    seen: int = 0
    accepted: int = 0
    refused: int = 0
    finished: int = 0
    taken_back: int = 0
    unanswered: int = 0
    overdue: int = 0
    hours: float | None = None

    @property
    def answered(self) -> int:
        return self.accepted + self.refused


def bodies(actor: Actor, since: datetime, now: datetime) -> list[BodyRow]:
    """Per receiving body, for what was sent since; whoever answers least stands first."""
    ours = dict(Referral.objects.visible_to(actor).exclude(receiver=None).values_list("pk", "receiver_id"))
    firsts = _first_steps(ours.keys())
    rows: dict[UUID, BodyRow] = {}
    waits: dict[UUID, list[float]] = {}
    late = _overdue(ours.keys(), now)
    receivers = Agency.objects.in_bulk(set(ours.values()))
    for pk, moves in firsts.items():
        sent = moves.get("send")
        if sent is None or sent < since:
            continue
        body = ours[pk]
        row = rows.setdefault(body, BodyRow(receivers[body]))
        _count(row, moves)
        row.overdue += pk in late
        answer = _answer(moves)
        if answer is not None:
            waits.setdefault(body, []).append((answer - sent) / timedelta(hours=1))
    for body, row in rows.items():
        row.hours = median(waits[body]) if body in waits else None
    return sorted(rows.values(), key=lambda row: (-row.overdue, -row.unanswered, row.agency.name))


def _count(row: BodyRow, moves: dict[str, datetime]) -> None:
    row.sent += 1
    answered = _answer(moves) is not None
    row.seen += "see" in moves or answered
    row.accepted += "accept" in moves
    row.refused += "refuse" in moves and "accept" not in moves
    row.finished += "finish" in moves
    over = "withdraw" in moves or "reroute" in moves
    row.taken_back += over and not answered
    row.unanswered += not answered and not over


def _answer(moves: dict[str, datetime]) -> datetime | None:
    return min((moves[name] for name in ("accept", "refuse") if name in moves), default=None)


def _first_steps(ids: Iterable[UUID]) -> dict[UUID, dict[str, datetime]]:
    """obj -> move -> when it was first made, as far as known; one query."""
    steps = StepRecord.objects.filter(flow=Referral.flow.key, obj_id__in=list(ids)).order_by("seq")
    found: dict[UUID, dict[str, datetime]] = {}
    columns = ("obj_id", "move", "happened_to", "happened_from", "recorded_at")
    for obj, move, latest, earliest, recorded in steps.values_list(*columns):
        found.setdefault(obj, {}).setdefault(move, latest or earliest or recorded)
    return found


def _overdue(ids: Iterable[UUID], now: datetime) -> set[Any]:
    """Referrals with a clock of the receiver that was missed or has run out; one query."""
    rows = Deadline.objects.filter(obj_id__in=list(ids), flow=Referral.flow.key).exclude(owner="wf")
    past = Q(closed_at=None) & (Q(legal_expiry__lt=now) | Q(policy_due__lt=now))
    return set(rows.filter(Q(state=Deadline.State.MISSED) | past).values_list("obj_id", flat=True))
