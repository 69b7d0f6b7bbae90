"""Assessing danger. The scale is advice; a person answers for the level (PIPL 24)."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from casework.codes import Danger, TaskKind
from casework.models import Case, DangerAssessment, Task
from casework.services.cases import reach
from casework.tools import ANSWERS, current_tool, may_raise, score
from privacy.audit import Purpose
from privacy.reading import reveal
from workflow.engine import perform
from workflow.when import When

JUDGED = "judgement"


@transaction.atomic
def assess_danger(
    case: Case, *, actor: Actor, answers: Mapping[str, str] | None = None, override: str = "", reason: str = "",
    trigger: str = "", at: When | None = None,
) -> DangerAssessment:  # fmt: skip
    """Answers by item key: yes, no or unknown. Without a fitting scale the case waits for a judgement."""
    case = reach(case, actor=actor)
    at = at or When.instant(timezone.now())
    tool = current_tool()
    given = {key: (answers or {}).get(key, "unknown") for key in tool.keys}
    if bad := {key for key in (answers or {}) if key not in given} | {
        k for k, v in given.items() if v not in ANSWERS
    }:
        raise ValidationError(
            _("Unknown question or answer: %(keys)s"), params={"keys": ", ".join(sorted(bad))}
        )
    row = _new(case, actor, at, tool=tool.id, tool_version=tool.version, trigger=trigger, answers=given)
    if case.scale_applies():
        result = score(tool, given)
        row.yes_count, row.unknown_count, row.flagged = result.yes_count, result.unknown_count, result.flagged
        row.computed = row.level = result.level
    else:
        row.computed = row.level = Danger.NOT_APPLICABLE
    if override:
        _raise_to(row, override, reason)
    return _settle(row, actor, at)


def override_danger(
    case: Case, *, actor: Actor, level: str, reason: str, trigger: str = "", at: When | None = None
) -> DangerAssessment:
    """The last answers, judged higher by a worker, who says why."""
    last = case.assessments.first()
    if last is None:
        raise ValidationError(_("Answer the scale first, then judge it."))
    return _again(last, actor=actor, level=level, reason=reason, trigger=trigger or last.trigger, at=at)


@transaction.atomic
def _again(
    last: DangerAssessment, *, actor: Actor, level: str, reason: str, trigger: str, at: When | None
) -> DangerAssessment:
    case = reach(last.case, actor=actor)
    at = at or When.instant(timezone.now())
    row = _new(case, actor, at, tool=last.tool, tool_version=last.tool_version, trigger=trigger)
    row.answers = reveal(last, "answers", actor=actor, purpose=Purpose.CASEWORK)["answers"]
    row.yes_count, row.unknown_count, row.flagged = last.yes_count, last.unknown_count, last.flagged
    row.computed = row.level = last.computed
    _raise_to(row, level, reason)
    return _settle(row, actor, at)


@transaction.atomic
def judge_danger(
    case: Case, *, actor: Actor, level: str, reason: str, trigger: str = "", at: When | None = None
) -> DangerAssessment:
    """Where no scale fits (children, the old): the duty leader's judgement. Anybody may raise the alarm."""
    case = reach(case, actor=actor)
    if case.scale_applies():
        raise ValidationError(_("The scale fits this case: answer it, then judge it higher if need be."))
    if actor.role != Role.LEAD and level != Danger.HIGH:
        raise PermissionDenied
    at = at or When.instant(timezone.now())
    row = _new(case, actor, at, tool=JUDGED, tool_version="1", trigger=trigger, answers={})
    row.computed = row.level = Danger.NOT_APPLICABLE
    _raise_to(row, level, reason, any_level=True)
    return _settle(row, actor, at)


def _new(case: Case, actor: Actor, at: When, **fields: object) -> DangerAssessment:
    row = DangerAssessment(case=case, assessed_by_id=actor.user_id, **fields)
    row.happened = at
    return row


def _raise_to(row: DangerAssessment, level: str, reason: str, any_level: bool = False) -> None:
    if level not in {Danger.LOW, Danger.MEDIUM, Danger.HIGH}:
        raise ValidationError({"override": _("Choose low, medium or high.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you judge the danger so.")})
    if not any_level and not may_raise(row.computed, level):
        raise ValidationError(
            {"override": _("The danger may be judged higher than the scale says, never lower.")}
        )
    row.level, row.overridden, row.reason = level, True, reason


def _settle(row: DangerAssessment, actor: Actor, at: When) -> DangerAssessment:
    """Save, take the level over into the case by its own move, and strike what asked for it off the list."""
    row.acting(actor).save()
    move = "assess" if row.case.state == "intake" else "reassess"
    perform(row.case, move, actor=actor, at=at, danger=row.level)
    due = Task.objects.filter(case=row.case, kind=TaskKind.REASSESS_DANGER, done_at=None)
    for task in due.select_for_update():
        task.done_at, task.done_by_id = _latest(at), actor.user_id
        task.acting(actor).save()
    return row


def _latest(at: When) -> datetime:
    return at.latest or timezone.now()
