"""Opening a case and keeping its coded facts."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.actor import Actor
from agencies.authority import Act, authorize
from agencies.kinds import Role
from agencies.models import Posting, User
from agencies.need_to_know import recused
from agencies.wall import as_system
from casework.codes import Channel, Matter
from casework.models import Case
from casework.protection import texts_closed
from casework.reference import new_alias, new_reference
from privacy.errors import StaleRow
from workflow.engine import begin, perform
from workflow.errors import NotVisible
from workflow.models import StepRecord
from workflow.when import When

# Matters that lead to court, police or an authority, not to a petition answer (XF 31).
LEGAL_ROUTE = frozenset(Matter.values) - {Matter.MARRIAGE, Matter.OTHER}
EDITABLE = (
    "area", "forms", "harms", "relation", "channel", "flags", "wishes", "language",
    "cause", "wish", "result", "named_petition", "legal_route",
)  # fmt: skip


def reach(case: Case, *, actor: Actor, rev: int | None = None, act: Act = Act.WRITE) -> Case:
    """The case, locked, if this actor may see it; a foreign case is the same as none. Needs a transaction."""
    found: Case | None = (
        Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=case.pk).first()
    )
    if found is None:
        raise NotVisible
    authorize(actor, act, found, reached=True)
    if rev is not None and found.rev != rev:
        raise StaleRow
    return found


def _free(make: Any, column: str) -> str:
    """A name nobody has yet. The unique constraint stays the last word."""
    names = (make(attempt) for attempt in count())
    with as_system():
        return next(str(name) for name in names if not Case.objects.filter(**{column: name}).exists())


@transaction.atomic
def open_case(
    *, actor: Actor, channel: str = Channel.WALK_IN, agency_id: UUID | None = None,
    at: When | None = None, key: str | None = None, **fields: Any,
) -> Case:  # fmt: skip
    """A new case of the actor's federation. `fields`: columns of Case (matter, relation, forms, area, cause ...)."""
    home = agency_id or actor.agency_id
    fields = {name: None if value == "" else value for name, value in fields.items()}
    fields.setdefault("legal_route", fields.get("matter", Matter.DV) in LEGAL_ROUTE)
    names: dict[str, Any] = {
        "reference": _free(new_reference, "reference"),
        "alias": _free(new_alias, "alias"),
    }
    case = begin(
        Case, actor=actor, at=at, key=key,
        agency_id=home, first_agency_id=home, channel=channel, **names, **fields,
    )  # fmt: skip
    assert isinstance(case, Case)
    return case


@transaction.atomic
def update_case(case: Case, *, actor: Actor, rev: int | None = None, **fields: Any) -> Case:
    """Change coded facts or sealed texts; StaleRow if somebody was faster."""
    unknown = set(fields) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    case = reach(case, actor=actor, rev=rev)
    _refuse_strangers(case, actor)
    for name, value in fields.items():
        setattr(case, name, None if value == "" else value)
    case.acting(actor).save()
    return case


def _refuse_strangers(case: Case, actor: Actor) -> None:
    """Whoever may not open the texts neither writes over them nor names herself (H03)."""
    if texts_closed(case, actor):
        raise PermissionDenied


@transaction.atomic
def assign_case(case: Case, *, actor: Actor, user_id: UUID) -> Case:
    """Name who is responsible: somebody with a posting in the case's federation who works on cases."""
    case = reach(case, actor=actor)
    able = Posting.objects.filter(
        user_id=user_id, agency_id=case.agency_id, role__in=(Role.CASEWORKER, Role.LEAD)
    )
    _refuse_strangers(case, actor)
    able = able.exclude(user__in=User.objects.filter(recused(User, case.pk)))
    if actor.role not in {Role.CASEWORKER, Role.LEAD, Role.SYSTEM} or not able.exists():
        raise PermissionDenied
    case.assignee_id = user_id
    case.acting(actor).save()
    return case


def inform_rights(
    case: Case, *, actor: Actor, how: str = "", at: When | None = None, key: str | None = None
) -> StepRecord:
    """She was told of her right to a protection order (P13)."""
    return perform(case, "inform_rights", actor=actor, at=at, key=key, how=how)


def record_escalation(
    case: Case, *, actor: Actor, told: str = "", at: When | None = None, key: str | None = None
) -> StepRecord:
    """Police and the superior federation were told that the danger is high (F03)."""
    return perform(
        case, "escalate", actor=actor, at=at, key=key, police_told=True, superior_told=True, told=told
    )


@transaction.atomic
def close_follow_up(
    case: Case, *, actor: Actor, safe: str, at: When | None = None, now: datetime | None = None
) -> None:
    """A visit after closing is the follow-up that the closed case waits for; `safe`: yes, no or unknown."""
    case = reach(case, actor=actor)
    if case.state == "closed" and case.has_open_clock("wf_post_close_follow_up"):
        perform(case, "record_follow_up", actor=actor, at=at, now=now, safe=safe)


@transaction.atomic
def answer_children(case: Case, *, actor: Actor, answer: bool, rev: int | None = None) -> Case:
    """Does a child live with the violence? Yes and no are answers; nothing is not."""
    case = reach(case, actor=actor, rev=rev)
    case.children_answered = answer
    flags = set(case.flags) - {"child_in_household"}
    case.flags = sorted(flags | ({"child_in_household"} if answer else set()))
    case.acting(actor).save()
    return case
