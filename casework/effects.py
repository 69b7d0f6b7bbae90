"""What a step of a case causes. Everything is reached through `step.obj`."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from agencies.need_to_know import share_recusals
from casework.codes import ClosingReason, Danger, Matter, TaskKind, Trigger
from casework.visits import ask_for_visits
from workflow.clocks import cancel_clocks
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.models import Case
    from workflow.models import StepRecord


DAY = timedelta(hours=24)  # our own rule, not law


def _keep(case: "Case", **columns: object) -> None:
    for name, value in columns.items():
        setattr(case, name, value)
    case.save()


def note_rights(step: "StepRecord") -> None:
    """She has been told; the first time counts."""
    case: Case = step.obj
    if case.rights_informed_at is None:
        _keep(case, rights_informed_at=step.happened_to or step.recorded_at)


def note_escalation(step: "StepRecord") -> None:
    _keep(step.obj, escalated=True)


def forget_old_escalation(step: "StepRecord") -> None:
    """Once the danger has fallen, the next rise has to be reported again."""
    case: Case = step.obj
    if case.danger != Danger.HIGH and case.escalated:
        _keep(case, escalated=False)


CLOCKS_OF_TYPE = {
    Matter.SEXUAL_HARASSMENT: "harassment_written_result",
    Matter.TRAFFICKING: "trafficking_report",
}


def fit_to_type(step: "StepRecord") -> None:
    """Harm of the old type that the new one does not know is taken off, and so is a clock that lost its point."""
    case: Case = step.obj
    known = {harm.key for harm in case.type.harms}
    pointless = [clock for matter, clock in CLOCKS_OF_TYPE.items() if case.matter != matter]
    cancel_clocks(case, pointless, now=step.recorded_at)
    _keep(case, harms=[key for key in case.harms if key in known])


def welcome_at_new_home(step: "StepRecord") -> None:
    """The new federation names its own worker; the first one stays on the case as first contact."""
    case: Case = step.obj
    _keep(case, assignee=None)
    send(topic="notice", agency_id=case.agency_id, kind="case_passed_on", obj=case)


def clear_closing(step: "StepRecord") -> None:
    case: Case = step.obj
    _keep(case, closing_reason="", follow_up_on=None, closed_at=None, joined_to=None)


def hand_to_the_other(step: "StepRecord") -> None:
    """The other case takes over what is counted; its own clocks run on there, so these have lost their point."""
    case: Case = step.obj
    cancel_clocks(case, now=step.recorded_at)
    _keep(case, closing_reason=ClosingReason.JOINED, closed_at=step.recorded_at)
    other: Case = type(case).objects.select_for_update(of=("self",)).get(pk=case.joined_to_id)
    share_recusals((case.pk, other.pk))
    other.forms = sorted({*other.forms, *case.forms})
    other.flags = sorted({*other.flags, *case.flags})
    other.harms = [harm.key for harm in other.type.harms if harm.key in {*other.harms, *case.harms}]
    other.acting(step.actor).save()
    task = other.tasks.model(
        case=other, kind=TaskKind.REASSESS_DANGER, reason=Trigger.REVIEW, created_by_id=step.actor.user_id,
        assigned_agency_id=other.agency_id, assigned_user_id=other.assignee_id, due_at=step.recorded_at + DAY,
    )  # fmt: skip
    task.acting(step.actor).save()


def look_again(step: "StepRecord") -> None:
    """A case that is opened again has changed: the danger is looked at anew."""
    case: Case = step.obj
    task = case.tasks.model(
        case=case, kind=TaskKind.REASSESS_DANGER, reason=Trigger.REOPENED, created_by_id=step.actor.user_id,
        assigned_agency_id=case.agency_id, assigned_user_id=case.assignee_id, due_at=step.recorded_at + DAY,
    )  # fmt: skip
    task.acting(step.actor).save()


def note_closing(step: "StepRecord") -> None:
    _keep(step.obj, closed_at=step.happened_to or timezone.now())


def ask_visits(step: "StepRecord") -> None:
    """The danger was looked at: the room of visits plans by it."""
    ask_for_visits()


def ask_follow_up(step: "StepRecord") -> None:
    """After closing she is asked whether she is safe (GC18 13); the room of visits takes this task up."""
    case: Case = step.obj
    if case.follow_up_on is None:
        return
    morning = datetime.combine(case.follow_up_on, time(9), timezone.get_default_timezone())
    task = case.tasks.model(
        case=case, kind=TaskKind.WF_VISIT, created_by_id=step.actor.user_id, flow=case.flow.key, obj_id=case.pk,
        assigned_agency_id=case.agency_id, assigned_user_id=case.assignee_id, due_at=morning,
    )  # fmt: skip
    task.acting(step.actor).save()
    ask_for_visits()
