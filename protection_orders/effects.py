"""What a step of a protection order causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import finish_task, open_task, prompt_reassessment, record_happening
from protection_orders.dates import last_day
from workflow.outbox import send

if TYPE_CHECKING:
    from protection_orders.models import ProtectionOrder
    from workflow.models import StepRecord

# Our own rules, not law.
VERIFY_WITHIN = timedelta(hours=24)  # IMAR 33 gives the police 24 hours: this one is law, see ppo_police_verify_24h
FIRST_VISIT = timedelta(days=7)
FEEDBACK_WITHIN = timedelta(days=7)
ASK_END_WITHIN = timedelta(days=1)


def _note(step: "StepRecord", kind: str, body: str = Body.COURT) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at
    )  # fmt: skip


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.save()


def note_informed(step: "StepRecord") -> None:
    _note(step, HappeningKind.RIGHT_INFORMED, Body.FEDERATION)


def tell_court(step: "StepRecord") -> None:
    if step.obj.court_id:
        send(topic="notice", agency_id=step.obj.court_id, kind="order_filed", obj=step.obj)


def note_filed(step: "StepRecord") -> None:
    _note(step, HappeningKind.ORDER_APPLIED, Body.VICTIM)


def note_granted(step: "StepRecord") -> None:
    """The order is in force from its making (ADVL 30). An unknown end is asked for, because nothing would warn of it."""
    order: ProtectionOrder = step.obj
    made = timezone.localdate(step.happened_to) if step.happened_to else None
    end = order.lapses_on or last_day(made, order.validity_months)
    _keep(step, made_on=made, lapses_on=end, granted_known=bool(order.granted))
    _note(step, HappeningKind.ORDER_GRANTED)
    if end is None:
        open_task(
            order.case, actor=step.actor, kind=TaskKind.ASK_AGAIN, obj=order, due_at=step.recorded_at + ASK_END_WITHIN
        )


def note_dismissed(step: "StepRecord") -> None:
    _note(step, HappeningKind.ORDER_DISMISSED)


def tell_of_service(step: "StepRecord") -> None:
    """Police and the committee of the town learn of it (ADVL 32)."""
    order: ProtectionOrder = step.obj
    told = [order.police_agency_id] if order.police_agency_id else []
    if order.case.area_id:
        bodies = Agency.objects.filter(kind=AgencyKind.COMMITTEE, area_id=order.case.area_id)
        told += list(bodies.values_list("pk", flat=True))
    for agency_id in told:
        send(topic="notice", agency_id=agency_id, kind="order_served", obj=order)


def note_served(step: "StepRecord") -> None:
    """Service is a moment of danger: the timeline entry asks for a new assessment."""
    _note(step, HappeningKind.ORDER_SERVED)


def note_assist(step: "StepRecord") -> None:
    _note(step, HappeningKind.ASSIST_NOTICE_SENT)


def ask_police(step: "StepRecord") -> None:
    order: ProtectionOrder = step.obj
    if order.police_agency_id:
        due = (step.happened_to or step.recorded_at) + VERIFY_WITHIN
        open_task(
            order.case, actor=step.actor, kind=TaskKind.POLICE_VERIFY, assigned_agency_id=order.police_agency_id,
            due_at=due, obj=order,
        )  # fmt: skip


def _close(step: "StepRecord", kind: str) -> None:
    for task in step.obj.case.tasks.filter(kind=kind, obj_id=step.obj.pk, done_at=None):
        finish_task(task, actor=step.actor, now=step.recorded_at)


def close_police_task(step: "StepRecord") -> None:
    _close(step, TaskKind.POLICE_VERIFY)


def plan_visit(step: "StepRecord") -> None:
    """The federation visits while the order runs (FF10 18); the visits room takes this task up."""
    due = (step.happened_to or step.recorded_at) + FIRST_VISIT
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WF_VISIT, due_at=due, obj=step.obj)


def record_breach(step: "StepRecord") -> None:
    breach = apps.get_model("protection_orders", "Breach")(
        case=step.obj.case, order=step.obj, step=step, kind=step.asked["breach"], found_by=step.asked["found_by"]
    )
    breach.happened = step.when
    breach.save()
    _note(step, HappeningKind.ORDER_VIOLATED, Body.RESPONDENT)


def record_sanction(step: "StepRecord") -> None:
    kind = step.asked["sanction_kind"]
    sanction = apps.get_model("protection_orders", "Sanction")(
        case=step.obj.case, order=step.obj, step=step, kind=kind,
        amount=step.asked.get("amount"), days=step.asked.get("days"),
    )  # fmt: skip
    sanction.happened = step.when
    sanction.save()
    if kind != "criminal_refusal":
        _note(step, f"sanction_{kind}")


def note_extend_applied(step: "StepRecord") -> None:
    _keep(step, extend_applied=True)
    _note(step, HappeningKind.ORDER_EXTEND_APPLIED, Body.VICTIM)


def note_extended(step: "StepRecord") -> None:
    _keep(step, extend_applied=False, extensions=step.obj.extensions + 1)
    _note(step, HappeningKind.ORDER_EXTENDED)


def note_vary_applied(step: "StepRecord") -> None:
    _keep(step, vary_applied=True)
    _note(step, HappeningKind.ORDER_VARY_APPLIED, Body.VICTIM)


def note_varied(step: "StepRecord") -> None:
    _keep(step, vary_applied=False)
    _note(step, HappeningKind.ORDER_VARIED)


def forget_applications(step: "StepRecord") -> None:
    _keep(step, extend_applied=False, vary_applied=False)


def note_end(step: "StepRecord") -> None:
    prompt_reassessment(step.obj.case, actor=step.actor, why=Trigger.ORDER_EXPIRING, now=step.recorded_at)


def note_lapsed(step: "StepRecord") -> None:
    """The protection is gone: the danger is looked at again, and she signs the last report (FF10 18)."""
    _note(step, HappeningKind.ORDER_LAPSED)
    note_end(step)
    due = step.recorded_at + FEEDBACK_WITHIN
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.COURT_FEEDBACK, due_at=due, obj=step.obj)


def close_feedback_task(step: "StepRecord") -> None:
    _close(step, TaskKind.COURT_FEEDBACK)


def note_reconsideration(step: "StepRecord") -> None:
    _keep(step, reconsideration_by=step.asked["party"])
    _note(step, HappeningKind.RECONSIDERATION_FILED)


def close_reconsideration(step: "StepRecord") -> None:
    _keep(step, reconsideration_by="")
