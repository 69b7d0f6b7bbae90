"""What a step of a warning letter causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.codes import Body, TaskKind, Trigger
from casework.happenings import HappeningKind
from casework.services import finish_task, open_task, prompt_reassessment, record_happening
from workflow.clocks import cancel_clocks, stop_clocks
from workflow.models import Deadline
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.warning_letter.models import WarningLetter
    from workflow.models import StepRecord

# Our own rules, not law; the clocks beside them carry the law.
EDUCATION_WITHIN = timedelta(days=7)
FOLLOW_UP_WITHIN = timedelta(days=3)
QUESTION_WITHIN = timedelta(days=1)
VISITORS = {"committee": Body.COMMITTEE, "federation": Body.FEDERATION, "together": Body.SEVERAL}


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    """Whoever acted knows already."""
    if agency_id and agency_id != step.actor.agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def _note(step: "StepRecord", kind: str, body: str) -> None:
    record_happening(
        step.obj.case, actor=step.actor, kind=kind, when=step.when, actor_body=body, now=step.recorded_at
    )


def tell_police(step: "StepRecord") -> None:
    _tell(step, step.obj.police_agency_id, f"letter_{step.to_state}")


def tell_federation(step: "StepRecord") -> None:
    _tell(step, step.obj.home_id, f"letter_{step.to_state}")


def close(step: "StepRecord") -> None:
    """From today on the station sees it for a while only."""
    _keep(step, ended_on=timezone.localdate(step.recorded_at))


def drop_issue_clocks(step: "StepRecord") -> None:
    """The time for issuing has lost its point: something else was decided."""
    cancel_clocks(step.obj, ("wl_issue_72h_imar", "wl_on_the_spot"), now=step.recorded_at)


def drop_visit_clocks(step: "StepRecord") -> None:
    """Nobody visited: an open visit is neither kept nor missed when the visits end."""
    cancel_clocks(step.obj, ("wl_first_visit_7d", "wl_quarterly_visit"), now=step.recorded_at)


def settle_on_the_spot(step: "StepRecord") -> None:
    """On the spot means in the same call-out (IMAR 22(2)), not in the same second as the acceptance."""
    letter: WarningLetter = step.obj
    clock = Deadline.objects.live().filter(obj_id=letter.pk, clock="wl_on_the_spot").first()
    if clock is not None:
        at = clock.started if letter.on_the_spot else step.when
        stop_clocks(letter, ("wl_on_the_spot",), at, step.recorded_at)


def question_refusal(step: "StepRecord") -> None:
    """No letter: somebody reads the reason, offers her other protection and asks further up where one was owed."""
    letter: WarningLetter = step.obj
    if step.move == "refuse" or letter.must_be_issued:
        open_task(
            letter.case, actor=step.actor, kind=TaskKind.OTHER, due_at=step.recorded_at + QUESTION_WITHIN, obj=letter,
            text=_("The police issued no letter. Read the reason, offer her other protection, ask further up if one was due."),
            assigned_agency_id=letter.home_id, assigned_user_id=letter.keeper_id(),
        )  # fmt: skip


def note_notice(step: "StepRecord") -> None:
    """The notice makes legal education of the perpetrator the federation's duty (W14). The committee of the
    town and the governance centre are told of the letter with it."""
    letter: WarningLetter = step.obj
    _keep(step, notice_noted=True)
    _tell(step, letter.home_id, "letter_notice")
    for body in _helpers(letter):
        _tell(step, body, "letter_notice")
    if letter.concerns_violence:
        due = (step.happened_to or step.recorded_at) + EDUCATION_WITHIN
        open_task(letter.case, actor=step.actor, kind=TaskKind.LEGAL_EDUCATION, obj=letter, due_at=due)


def _helpers(letter: "WarningLetter") -> list[UUID]:
    """Of each kind those of the town; where it has none, or no town is known, those of the district."""
    kinds = (AgencyKind.COMMITTEE, AgencyKind.GOVERNANCE_CENTRE)
    town = letter.case.area or letter.case.agency.area
    bodies = list(
        Agency.objects.filter(kind__in=kinds, is_active=True, area__in=[town.pk, town.parent_id or town.pk])
        .order_by("kind", "pk")
        .only("pk", "kind", "area_id")
    )
    own = {body.kind for body in bodies if body.area_id == town.pk}
    return [body.pk for body in bodies if body.area_id == town.pk or body.kind not in own]


def note_education(step: "StepRecord") -> None:
    """The open task goes with the duty it stood for."""
    letter: WarningLetter = step.obj
    for task in letter.case.tasks.filter(kind=TaskKind.LEGAL_EDUCATION, obj_id=letter.pk, done_at=None):
        finish_task(task, actor=step.actor, now=step.recorded_at)


def note_service(step: "StepRecord") -> None:
    """A moment of danger: the timeline entry asks for a new assessment."""
    letter: WarningLetter = step.obj
    _keep(step, was_served=True)
    for body in (letter.home_id, *_helpers(letter)):
        _tell(step, body, "letter_served")
    _note(step, HappeningKind.WARNING_LETTER_SERVED, Body.POLICE)


def plan_follow_up(step: "StepRecord") -> None:
    """Somebody asks her soon how it is; the visits room takes this task up (W13)."""
    letter: WarningLetter = step.obj
    due = (step.happened_to or step.recorded_at) + FOLLOW_UP_WITHIN
    open_task(letter.case, actor=step.actor, kind=TaskKind.WF_VISIT, due_at=due, obj=letter)


def _note_visit(step: "StepRecord") -> None:
    visitor = step.asked.get("found_by", "police")
    kind = (
        HappeningKind.VISIT_DONE
        if visitor in ("committee", "federation")
        else HappeningKind.POLICE_VISIT_DONE
    )
    _note(step, kind, VISITORS.get(visitor, Body.POLICE))


def count_clean_visit(step: "StepRecord") -> None:
    letter: WarningLetter = step.obj
    _keep(step, clean_visits=letter.clean_visits + letter.visit_counts, first_visit_done=True)
    _note_visit(step)


def record_relapse(step: "StepRecord") -> None:
    """The row of clean visits starts again, and the danger is not what it was."""
    letter: WarningLetter = step.obj
    day = timezone.localdate(step.happened_from) if step.happened_from else None
    visited = step.move == "visit_relapse"
    _keep(
        step, clean_visits=0, relapses=letter.relapses + 1, relapsed_on=day,
        first_visit_done=letter.first_visit_done or visited,
    )  # fmt: skip
    if visited:
        _note_visit(step)
    _tell(step, letter.home_id, "letter_relapsed")
    _tell(step, letter.police_agency_id, "letter_relapsed")
    prompt_reassessment(letter.case, actor=step.actor, why=Trigger.NEW_INCIDENT, now=step.recorded_at)
