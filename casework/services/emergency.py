"""Opening one case in an emergency: written down, told to both who answer for it, ending by itself."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agencies.actor import SYSTEM, Actor
from agencies.kinds import Role
from agencies.need_to_know import is_recused, is_shut
from agencies.wall import as_system
from casework.break_glass import G
from casework.models import BreakGlass, Case
from privacy.audit import Action, Purpose, record_read
from workflow.deadlines import Level
from workflow.engine import begin, perform
from workflow.errors import NotVisible
from workflow.models import Alert, Deadline

TOLD_AT_ONCE = 90  # no rung of the ladder


@transaction.atomic
def break_glass(reference: str, *, actor: Actor, why: str, reason: str) -> BreakGlass:
    """NotVisible for a number nobody has, and for a case this person must never see; Unmet while one is open."""
    with as_system():
        return _break_glass(reference.strip().upper(), actor, why, reason)


def _break_glass(reference: str, actor: Actor, why: str, reason: str) -> BreakGlass:
    case = Case.objects.filter(reference=reference).first()
    if case is None or _never(case, actor):
        raise NotVisible
    _end_what_ran_out(actor)
    glass = begin(BreakGlass, actor=actor, case=case, asked_by_id=actor.user_id, why=why, reason=reason)
    _tell(glass)
    record_read(
        actor=actor, action=Action.BREAK_GLASS, owner=case.pk, table=glass._meta.db_table, object_ids=[glass.pk],
        fields=["why", "reason"], purpose=Purpose.EMERGENCY,
    )  # fmt: skip
    return glass


def _never(case: Case, actor: Actor) -> bool:
    if is_shut(case.pk):
        return True
    return is_recused(case.pk, user_id=actor.user_id) or is_recused(case.pk, agency_id=actor.agency_id)


def _end_what_ran_out(actor: Actor) -> None:
    """The access has ended by itself; the life follows when it matters."""
    over = BreakGlass.objects.filter(asked_by_id=actor.user_id, state=G.OPEN, until__lte=timezone.now())
    for glass in over:
        perform(glass, "run_out", actor=SYSTEM)


def _tell(glass: BreakGlass) -> None:
    """Two are told in the same moment: whoever is responsible for the case, and the duty leaders."""
    clock = Deadline.objects.live().get(obj_id=glass.pk, clock="break_glass_review")
    keeper = glass.case.assignee_id
    whom: list[tuple[UUID | None, str]] = [(None, Role.LEAD), *([(keeper, "")] if keeper else [])]
    for user, role in whom:
        Alert.objects.create(
            deadline=clock,
            level=Level.REMINDER,
            rung=TOLD_AT_ONCE,
            agency_id=glass.case.agency_id,
            user_id=user,
            role=role,
        )
