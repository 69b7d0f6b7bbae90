"""What a step of a protection order causes, through step.obj."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Agency
from agencies.need_to_know import recused
from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import finish_task, inform_rights, open_task, prompt_reassessment, record_happening
from protection_orders.codes import Helper, PetitionKind, PetitionOutcome
from protection_orders.dates import last_day
from protection_orders.needs import court_must_be_told
from workflow.outbox import send
from workflow.rules import rule_data
from workflow.when import Precision, When

if TYPE_CHECKING:
    from protection_orders.models import ProtectionOrder
    from workflow.models import StepRecord

# Our own rules, not law; the clocks beside them carry the law.
FEEDBACK_WITHIN = timedelta(days=7)
SOON = timedelta(days=1)
HELPERS = {
    "notify_police": Helper.POLICE,
    "notify_federation": Helper.FEDERATION,
    "notify_committee": Helper.COMMITTEE,
}


def _note(step: "StepRecord", kind: str, body: str = Body.COURT, when: When | None = None) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=when or step.when, actor_body=body, now=step.recorded_at
    )  # fmt: skip


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", kind: str, *agencies: UUID | None) -> None:
    """Whoever acted knows already."""
    for agency_id in agencies:
        if agency_id and agency_id != step.actor.agency_id:
            send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def _tell_all(step: "StepRecord", kind: str) -> None:
    order: ProtectionOrder = step.obj
    _tell(step, kind, order.home_id, order.court_id, order.police_agency_id, order.committee_id)


def _at(step: "StepRecord") -> Any:
    return step.happened_to or step.recorded_at


def _exact_day(when: When) -> date | None:
    """The local day, if it is known to the day."""
    if when.earliest is None or when.latest is None:
        return None
    first, last = timezone.localdate(when.earliest), timezone.localdate(when.latest)
    return first if first == last else None


def _plan_anew(step: "StepRecord", why: str) -> None:
    """The safety plan was made for another situation."""
    waiting = step.obj.case.tasks.filter(kind=TaskKind.SAFETY_PLAN, done_at=None)
    if not waiting.exists():
        due = step.recorded_at + SOON
        open_task(
            step.obj.case, actor=step.actor, kind=TaskKind.SAFETY_PLAN, reason=why, due_at=due, obj=step.obj
        )


def _finish(step: "StepRecord", kind: str) -> None:
    for task in step.obj.case.tasks.filter(kind=kind, obj_id=step.obj.pk, done_at=None):
        finish_task(task, actor=step.actor, now=step.recorded_at)


def _over(step: "StepRecord", **columns: Any) -> None:
    """From today on the other bodies see it for a while only."""
    _keep(step, ended_on=timezone.localdate(), **columns)


def note_informed(step: "StepRecord") -> None:
    """She has been told: the duty of P13 is done if nobody did it before."""
    case = step.obj.case
    if type(case).objects.filter(pk=case.pk, rights_informed_at=None).exists():
        inform_rights(case, actor=step.actor, at=step.when)
    _note(step, HappeningKind.RIGHT_INFORMED, Body.FEDERATION)


def tell_court(step: "StepRecord") -> None:
    _tell(step, "order_filed", step.obj.court_id)


def note_filed(step: "StepRecord") -> None:
    _note(step, HappeningKind.ORDER_APPLIED, Body.FEDERATION if step.obj.proxy_by == "wf" else Body.VICTIM)


def note_accepted(step: "StepRecord") -> None:
    _tell(step, "order_accepted", step.obj.home_id)
    _note(step, HappeningKind.ORDER_ACCEPTED)


def note_granted(step: "StepRecord") -> None:
    """In force from its making (ADVL 30). An unknown end is asked for: only the outer limit can warn of it."""
    order: ProtectionOrder = step.obj
    made = _exact_day(step.when)
    end = order.lapses_on or last_day(made, order.validity_months, order.validity_days)
    known = bool(order.granted) and not step.asked.get("not_stated")
    committee = order.committee or _town_committee(order)
    _keep(step, made_on=made, lapses_on=end, granted_known=known, ended_on=None, committee=committee)
    _note(step, HappeningKind.ORDER_GRANTED)
    _tell(step, "order_made", order.home_id)
    if end is None:
        due = step.recorded_at + SOON
        open_task(order.case, actor=step.actor, kind=TaskKind.ASK_AGAIN, obj=order, due_at=due)


def _town_committee(order: "ProtectionOrder") -> Agency | None:
    bodies = Agency.objects.filter(kind=AgencyKind.COMMITTEE, is_active=True, area_id=order.case.area_id)
    bodies = bodies.exclude(recused(Agency, order.case_id))
    return bodies.order_by("pk").first() if order.case.area_id else None


def note_dismissed(step: "StepRecord") -> None:
    _over(step)
    _note(step, HappeningKind.ORDER_DISMISSED)
    _tell(step, "order_dismissed", step.obj.home_id)
    _plan_anew(step, Trigger.REVIEW)


def note_withdrawn(step: "StepRecord") -> None:
    """A withdrawal can be forced: somebody asks her, alone."""
    _over(step)
    _note(step, HappeningKind.ORDER_WITHDRAWN)
    _tell(step, "order_withdrawn", step.obj.home_id)
    due = step.recorded_at + SOON
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=due, obj=step.obj)


def note_over(step: "StepRecord") -> None:
    _over(step)
    _tell(step, "order_terminated", step.obj.home_id)


def record_service(step: "StepRecord") -> None:
    """One row per recipient, the first service counts."""
    order: ProtectionOrder = step.obj
    before = order.served_before()
    for recipient in order.served_on:
        if recipient not in before:
            row = order.services.model(
                case=order.case, order=order, recipient=recipient, how=order.served_how
            )
            row.happened = step.when
            row.acting(step.actor).save()
    _keep(step, served_on=sorted({*before, *order.served_on}))


def tell_of_service(step: "StepRecord") -> None:
    """Police and committee learn of it (ADVL 32); the federation where the court tells it (FF10 14)."""
    _tell(step, "order_served", step.obj.home_id, step.obj.police_agency_id, step.obj.committee_id)


def note_served(step: "StepRecord") -> None:
    """Service is a moment of danger: the timeline entry asks for a new assessment."""
    _note(step, HappeningKind.ORDER_SERVED)
    _plan_anew(step, Trigger.ORDER_SERVED)


def note_assist(step: "StepRecord") -> None:
    order: ProtectionOrder = step.obj
    helper = HELPERS[step.move]
    row = order.assistances.model(case=order.case, order=order, helper=helper)
    row.happened = step.when
    row.acting(step.actor).save()
    _keep(step, helped_by=sorted({*order.helped_by, helper}))
    _note(step, HappeningKind.ASSIST_NOTICE_SENT)


def ask_police(step: "StepRecord") -> None:
    """The station checks on both sides within 24 hours (IMAR 33): its inbox shows the clock and the button."""
    _keep(step, verified=False)
    _tell(step, "order_help_asked", step.obj.police_agency_id)


def close_verification(step: "StepRecord") -> None:
    _keep(step, verified=True)
    step.obj.assistances.filter(helper=Helper.POLICE, verified_at=None).update(verified_at=_at(step))
    _tell(step, "order_verified", step.obj.home_id)


def plan_visit(step: "StepRecord") -> None:
    """The federation visits while the order runs (FF10 18); the visits room takes this task up."""
    first = timedelta(days=rule_data("ppo_wf_periodic_visit").policy["first_days"])
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WF_VISIT, due_at=_at(step) + first, obj=step.obj)
    _tell(step, "order_help_asked", step.obj.home_id)


def tell_committee(step: "StepRecord") -> None:
    _tell(step, "order_help_asked", step.obj.committee_id)


def record_breach(step: "StepRecord") -> None:
    order: ProtectionOrder = step.obj
    day, found = step.asked.get("broken_on"), step.asked["found_by"]
    row = order.breaches.model(
        case=order.case, order=order, kind=step.asked["breach"], found_by=found, found_at=_at(step),
        account=step.asked.get("account") or None,
    )  # fmt: skip
    row.happened = When.day(day) if day else When(None, step.happened_to, Precision.UNKNOWN)
    row.acting(step.actor).save()
    owed = 1 if court_must_be_told(order) else 0
    _keep(step, breach_count=order.breach_count + 1, unreported=order.unreported + owed)
    _note(step, HappeningKind.ORDER_VIOLATED, Body.RESPONDENT, row.happened)
    _tell(step, "order_broken", order.home_id)


def note_reported(step: "StepRecord") -> None:
    order: ProtectionOrder = step.obj
    for row in order.breaches.filter(reported_at=None):
        row.reported_at = _at(step)
        row.acting(step.actor).save()
    _keep(step, unreported=0)
    _tell(step, "order_broken", order.court_id, order.police_agency_id)


def record_sanction(step: "StepRecord") -> None:
    order: ProtectionOrder = step.obj
    kind = step.asked["sanction_kind"]
    row = order.sanctions.model(
        case=order.case, order=order, kind=kind, amount=step.asked.get("amount"), days=step.asked.get("days")
    )
    row.happened = step.when
    row.acting(step.actor).save()
    if f"sanction_{kind}" in HappeningKind.values:
        _note(step, f"sanction_{kind}")
    _tell(step, "order_sanction", order.home_id)


def _ask(step: "StepRecord", kind: str) -> None:
    order: ProtectionOrder = step.obj
    row = order.petitions.model(
        case=order.case, order=order, kind=kind, party=step.asked["party"],
        of_dismissal=step.to_state == "dismissed", grounds=step.asked.get("wanted") or None,
    )  # fmt: skip
    row.happened = step.when
    row.acting(step.actor).save()


def _answer(step: "StepRecord", kind: str, outcome: str) -> None:
    for row in step.obj.petitions.filter(kind=kind, outcome=PetitionOutcome.PENDING):
        row.outcome, row.decided_precision = outcome, step.precision
        row.decided_from, row.decided_to = step.happened_from, step.happened_to
        row.acting(step.actor).save()


def note_extend_applied(step: "StepRecord") -> None:
    _keep(step, extend_applied=True)
    _ask(step, PetitionKind.EXTEND)
    _note(step, HappeningKind.ORDER_EXTEND_APPLIED, Body.VICTIM)
    _tell(step, "order_change_asked", step.obj.court_id)


def note_extended(step: "StepRecord") -> None:
    _keep(step, extend_applied=False, extensions=step.obj.extensions + 1)
    if step.asked.get("not_stated"):
        _keep(step, lapses_on=None, validity_months=None, validity_days=None)
        open_task(
            step.obj.case,
            actor=step.actor,
            kind=TaskKind.ASK_AGAIN,
            obj=step.obj,
            due_at=step.recorded_at + SOON,
        )
    _answer(step, PetitionKind.EXTEND, PetitionOutcome.GRANTED)
    _note(step, HappeningKind.ORDER_EXTENDED)
    _tell_all(step, "order_extended")


def note_vary_applied(step: "StepRecord") -> None:
    _keep(step, vary_applied=True)
    _ask(step, PetitionKind.VARY)
    _note(step, HappeningKind.ORDER_VARY_APPLIED, Body.VICTIM)
    _tell(step, "order_change_asked", step.obj.court_id)


def note_varied(step: "StepRecord") -> None:
    _keep(step, vary_applied=False, granted_known=bool(step.obj.granted) and not step.asked.get("not_stated"))
    _answer(step, PetitionKind.VARY, PetitionOutcome.GRANTED)
    _note(step, HappeningKind.ORDER_VARIED)
    _tell_all(step, "order_varied")


def note_revoke_applied(step: "StepRecord") -> None:
    """A wish to have it revoked can be forced: somebody asks her, alone."""
    _keep(step, revoke_applied=True)
    _ask(step, PetitionKind.REVOKE)
    due = step.recorded_at + SOON
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=due, obj=step.obj)
    _tell(step, "order_change_asked", step.obj.court_id)


def note_revoked(step: "StepRecord") -> None:
    _keep(step, revoke_applied=False)
    _answer(step, PetitionKind.REVOKE, PetitionOutcome.GRANTED)
    note_unprotected(step)


def note_refused(step: "StepRecord") -> None:
    change = step.asked["change"]
    _keep(step, **{f"{change}_applied": False})
    _answer(step, change, PetitionOutcome.REFUSED)
    _tell(step, "order_change_refused", step.obj.home_id)


def note_unprotected(step: "StepRecord") -> None:
    """From now on nothing holds him back by law: danger and plan are looked at again."""
    _over(step)
    prompt_reassessment(step.obj.case, actor=step.actor, why=Trigger.ORDER_EXPIRING, now=step.recorded_at)
    _plan_anew(step, Trigger.ORDER_EXPIRING)
    _tell_all(step, "order_ended")


def note_lapsed(step: "StepRecord") -> None:
    """Who was asked to help execute has her sign a last report for the court (FF10 18)."""
    _note(step, HappeningKind.ORDER_LAPSED)
    note_unprotected(step)
    if Helper.FEDERATION in step.obj.helped_by:
        due = step.recorded_at + FEEDBACK_WITHIN
        open_task(step.obj.case, actor=step.actor, kind=TaskKind.COURT_FEEDBACK, due_at=due, obj=step.obj)


def close_feedback_task(step: "StepRecord") -> None:
    _finish(step, TaskKind.COURT_FEEDBACK)
    _tell(step, "order_feedback", step.obj.court_id)


def note_reconsideration(step: "StepRecord") -> None:
    _keep(step, reconsideration_by=step.asked["party"])
    _ask(step, PetitionKind.RECONSIDER)
    _note(
        step,
        HappeningKind.RECONSIDERATION_FILED,
        Body.VICTIM if step.asked["party"] == "applicant" else Body.RESPONDENT,
    )
    _tell(step, "order_reconsideration", step.obj.home_id, step.obj.court_id)


def note_upheld(step: "StepRecord") -> None:
    _keep(step, reconsideration_by="")
    _answer(step, PetitionKind.RECONSIDER, PetitionOutcome.REFUSED)
    _tell(step, "order_reconsidered", step.obj.home_id)


def note_overturned(step: "StepRecord") -> None:
    _keep(step, reconsideration_by="")
    _answer(step, PetitionKind.RECONSIDER, PetitionOutcome.GRANTED)
    _tell(step, "order_reconsidered", step.obj.home_id)
