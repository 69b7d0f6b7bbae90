"""What a step of a mediation causes, through step.obj."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.codes import Body, Matter, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import open_task, record_happening, record_incident, update_case
from workflow.engine import perform

if TYPE_CHECKING:
    from casework.measures.family_mediation.models import FamilyMediation
    from workflow.models import StepRecord

ASSESS_WITHIN = timedelta(hours=24)  # our own rule, not law
MORNING = time(9)


def note_talk(step: "StepRecord") -> None:
    mediation: FamilyMediation = step.obj
    mediation.talks += 1
    mediation.acting(step.actor).save()
    record_happening(
        mediation.case, actor=step.actor, kind=HappeningKind.MEDIATION_ATTEMPTED, when=step.when,
        actor_body=Body.FEDERATION if mediation.mediator == "federation" else Body.SEVERAL, now=step.recorded_at,
    )  # fmt: skip


def plan_visit(step: "StepRecord") -> None:
    """Somebody asks both, alone, how it goes; the visits room takes this task up."""
    due = datetime.combine(step.obj.follow_up_on, MORNING, timezone.get_default_timezone())
    open_task(step.obj.case, actor=step.actor, kind=TaskKind.WF_VISIT, due_at=due, obj=step.obj)


def make_violence_case(step: "StepRecord") -> None:
    """What was seen goes where violence is worked on; the scale is answered before anything else."""
    mediation: FamilyMediation = step.obj
    case = mediation.case
    if case.matter != Matter.DV:
        perform(
            case,
            "reclassify",
            actor=step.actor,
            matter=Matter.DV,
            reason=_("Signs of violence in the mediation"),
        )
    update_case(case, actor=step.actor, legal_route=True)
    account = str(step.asked.get("seen") or "")
    record_incident(case, actor=step.actor, when=step.when, forms=mediation.seen_forms, account=account)
    due = step.recorded_at + ASSESS_WITHIN
    open_task(case, actor=step.actor, kind=TaskKind.REASSESS_DANGER, reason=Trigger.NEW_INCIDENT, due_at=due)
