"""Planning visits: from the tasks other rooms leave, from each new look at the danger, and how often (the lead's word)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from agencies.actor import SYSTEM, Actor
from agencies.kinds import AgencyKind, Role
from casework.codes import Matter, TaskKind
from casework.measures.follow_up_visit.cadence import LEVELS, ROUNDS, Rhythm, house_rhythm
from casework.measures.follow_up_visit.codes import Basis
from casework.measures.follow_up_visit.models import Cadence, FollowUpVisit
from casework.measures.follow_up_visit.workflow import S
from casework.models import Case, DangerAssessment, Task
from casework.services import finish_task
from workflow.engine import begin, perform

# Which basis a task stands for, by the life that left it.
BASIS = {
    "protection_order": Basis.ORDER, "warning_letter": Basis.LETTER, "case": Basis.CLOSING,
    "shelter_stay": Basis.SHELTER, "follow_up_visit": Basis.DANGER,
}  # fmt: skip
WATCHED = ("assessed", "active", "monitoring")
NOT_VIOLENCE = (Matter.EMPLOYMENT, Matter.PROPERTY)
AT_ONCE = 200


def open_visit_tasks() -> list[Task]:
    """Tasks that ask for a visit; the report to a court stays open until the court has it, its visit is made once."""
    made = FollowUpVisit.objects.filter(of_id=OuterRef("obj_id"), basis=Basis.ORDER_END)
    tasks = Task.objects.filter(done_at=None).select_related("case")
    visits = tasks.filter(kind=TaskKind.WF_VISIT)[:AT_ONCE]
    reports = tasks.filter(~Exists(made), kind=TaskKind.COURT_FEEDBACK, flow="protection_order")[:AT_ONCE]
    return [*visits, *reports]


@transaction.atomic
def take_up_task(task: Task, *, now: datetime) -> FollowUpVisit | None:
    """Turn a task "visit by the federation" into the first visit of its plan, once. None: its reason has passed."""
    if task.kind == TaskKind.COURT_FEEDBACK:
        return _last_visit(task, now)
    basis = BASIS.get(task.flow, Basis.DANGER)
    if basis == Basis.CLOSING and task.case.state != "closed":
        finish_task(task, actor=SYSTEM, now=now)
        return None
    if basis == Basis.CLOSING:
        drop_planned(
            task.case, reason=_("The case is closed: the visits after closing take their place."), now=now
        )
    rhythm = Cadence.of(task.case.agency_id, basis, task.case.danger)
    first = rhythm.after(now, 0, now)
    visit: FollowUpVisit = begin(
        FollowUpVisit, actor=SYSTEM, key=f"visit-of-task-{task.pk}", now=now, case=task.case, basis=basis, round=1,
        start_at=now, due_at=task.due_at or (first[1] if first else now), of_flow=task.flow, of_id=task.obj_id,
    )  # fmt: skip
    finish_task(task, actor=SYSTEM, now=now)
    return visit


def _last_visit(task: Task, now: datetime) -> FollowUpVisit:
    """The order is over: its rounds end, and she is asked to sign the last report."""
    drop_planned(
        task.case,
        of_id=task.obj_id,
        reason=_("The order has ended: the last visit takes their place."),
        now=now,
    )
    last: FollowUpVisit = begin(
        FollowUpVisit, actor=SYSTEM, key=f"last-visit-{task.obj_id}", now=now, case=task.case, basis=Basis.ORDER_END,
        due_at=task.due_at or now, of_flow=task.flow, of_id=task.obj_id,
    )  # fmt: skip
    return last


def drop_planned(case: Case, *, reason: str, now: datetime, of_id: UUID | None = None) -> None:
    """Planned visits that another plan replaces. A woman who is being looked for is looked for on."""
    rows = FollowUpVisit.objects.filter(case=case, state=S.PLANNED)
    for visit in rows if of_id is None else rows.filter(of_id=of_id):
        perform(visit, "cancel", actor=SYSTEM, now=now, reason=reason)


def cases_to_plan() -> "QuerySet[Case]":
    """Cases whose latest look at the danger no visit answers to yet."""
    last = (
        DangerAssessment.objects.filter(case=OuterRef("pk")).order_by("-created_at", "-id").values("pk")[:1]
    )
    answered = FollowUpVisit.objects.filter(
        case=OuterRef("pk"), basis=Basis.DANGER, assessed=OuterRef("last")
    )
    cases = Case.objects.filter(state__in=WATCHED).exclude(matter__in=NOT_VIOLENCE)
    found: QuerySet[Case] = cases.annotate(last=Subquery(last)).exclude(last=None).filter(~Exists(answered))
    return found


@transaction.atomic
def plan_by_danger(case: Case, *, now: datetime) -> FollowUpVisit:
    """The next visit as the latest assessment asks for it: never later than already planned, sooner if need be."""
    assessed = case.assessments.values_list("pk", flat=True)[:1].get()
    rhythm = Cadence.of(case.agency_id, Basis.DANGER, case.danger)
    first = rhythm.after(now, 0, now)
    due = first[1] if first else now
    rows = FollowUpVisit.objects.filter(case=case, basis=Basis.DANGER).exclude(
        state__in=(S.DONE, S.CANCELLED)
    )
    visit: FollowUpVisit | None = rows.order_by("due_at").select_for_update(of=("self",)).first()
    if visit is None:
        begun: FollowUpVisit = begin(
            FollowUpVisit, actor=SYSTEM, key=f"danger-{assessed}", now=now, case=case, basis=Basis.DANGER, round=1,
            due_at=due, start_at=now, assessed=assessed,
        )  # fmt: skip
        return begun
    visit.assessed, visit.start_at, visit.round = assessed, now, 1
    visit.acting(SYSTEM).save()
    if visit.state == S.PLANNED and due < visit.due_at:
        reason = _("The danger was assessed again.")
        perform(visit, "reschedule", actor=SYSTEM, now=now, due_at=due, reason=reason)
    return visit


@transaction.atomic
def set_cadence(*, actor: Actor, wanted: Mapping[tuple[str, str], Rhythm]) -> None:
    """The duty leader's word on how often, for her own federation. The rhythm of the house needs no row."""
    if actor.role != Role.LEAD or actor.kind != AgencyKind.FEDERATION or actor.agency_id is None:
        raise PermissionDenied
    rows = {(row.basis, row.danger): row for row in Cadence.objects.visible_to(actor).select_for_update()}
    for key in ((basis, level) for basis in ROUNDS for level in LEVELS):
        rhythm, row = wanted.get(key), rows.get(key)
        if rhythm is None:
            continue
        if row is None and rhythm == house_rhythm(*key):
            continue
        row = row or Cadence(agency_id=actor.agency_id, basis=key[0], danger=key[1])
        if row._state.adding or Rhythm(tuple(row.days), row.every) != rhythm:
            row.days, row.every = list(rhythm.days), rhythm.every
            row.acting(actor).save()
