"""What is done with a call. Every command takes its actor; moves go through the one door."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import Wish
from casework.models import Case
from hotline.codes import Answer, Tap
from hotline.into_case import new_case, tell_case
from hotline.models import Call, CallDraft
from hotline.outlook import outlook_of
from privacy.blind import phone_tags
from workflow.engine import begin, perform
from workflow.when import When

COLUMNS = (
    "safety", "kind", "language", "matter", "relation", "flags", "injury", "weapon", "children", "police_before",
    "wishes", "area", "rights_informed", "called_110", "number", "caller_name", "place", "account", "advice",
    "rights_not_told_reason",
)  # fmt: skip


class StaleDraft(Exception):
    """Another window wrote after this one had read; `draft` is what stands there now."""

    def __init__(self, draft: CallDraft) -> None:
        super().__init__("draft written by another window")
        self.draft = draft


@transaction.atomic
def answer_call(*, actor: Actor, now: datetime) -> Call:
    """A contact exists from the first second; everything else can wait."""
    call: Call = begin(
        Call,
        actor=actor,
        at=When.instant(now),
        agency_id=actor.agency_id,
        operator_id=actor.user_id,
        started_at=now,
    )
    return call


@transaction.atomic
def save_draft(
    *, call: Call, content: Mapping[str, Any], actor: Actor, now: datetime, window: str = "", base: int = 0
) -> CallDraft:
    """Keep what is on the screen as it is, right or wrong.

    `window` and the revision it read, `base`, tell a second window on the same call: StaleDraft, nothing written.
    """
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    draft = CallDraft.objects.filter(call=call).first() or CallDraft(call=call)
    if not draft._state.adding and draft.window != window and draft.rev != base:
        raise StaleDraft(draft)
    draft.content, draft.saved_at, draft.window = dict(content), now, window
    draft.acting(actor).save()
    return draft


@transaction.atomic
def finish_call(
    *, call: Call, data: Mapping[str, Any], answers: Mapping[str, str], actor: Actor, now: datetime
) -> Call:
    """Write the record and close the call with the chosen outcome; raises what the door raises, and then nothing is kept.

    `data`: cleaned fields of the desk form. A case is opened or joined first, so that the step knows it.
    """
    at, outcome = When.instant(now), data["outcome"]
    fill(call, data, answers)
    if outcome == "open_case":
        call.case = new_case(call, data, actor=actor, at=at)
    elif outcome == "join_case":
        call.case = _case(data["case"], actor)
    call.ended_at = now
    call.acting(actor).save()
    perform(call, outcome, actor=actor, at=at, **_takes(data))
    if call.case is not None:
        tell_case(call, call.case, data, answers, actor=actor, at=at)
    if outcome != "transfer":
        call.drop_draft()
    return call


def _case(pk: UUID, actor: Actor) -> Case:
    found: Case | None = Case.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise ValidationError({"case": _("Choose the case on the left again.")})
    return found


def _takes(data: Mapping[str, Any]) -> dict[str, Any]:
    if data["outcome"] == "transfer":
        return {"transferred_to": data["transferred_to"], "to_whom": data["to_whom"]}
    return {"decision": data["decision"]} if data["outcome"] == "decide_advised" else {}


def fill(call: Call, data: Mapping[str, Any], answers: Mapping[str, str]) -> None:
    """Set the columns of the call from the desk; what was left empty gets its default."""
    for column in COLUMNS:
        setattr(call, column, data.get(column) or _empty(column))
    call.forms = data.get("forms_of_violence") or []
    call.tags = phone_tags(data["number"]) if data.get("number") else []
    call.taps = taps_of(data)
    if call.taps.get(Tap.POLICE) == Answer.YES:
        call.wishes = sorted({*call.wishes, Wish.POLICE.value})
    call.danger = outlook_of(data).level
    known = {key: answer for key, answer in answers.items() if answer != Answer.UNKNOWN}
    judged = data.get("judged_level") or ""
    if known or judged:
        call.assessment = {"answers": known, "judged": judged, "why": data.get("judged_reason") or ""}


def taps_of(typed: Mapping[str, Any]) -> dict[str, str]:
    """What a caller who cannot speak has answered: {question: yes, no or unknown}, unasked ones left out."""
    found = {str(tap): str(typed.get(f"tap_{tap}") or "") for tap in Tap}
    return {tap: answer for tap, answer in found.items() if answer in Answer.values}


def _empty(column: str) -> Any:
    field: models.Field[Any, Any] = Call._meta.get_field(column)  # type: ignore[assignment]
    return field.get_default()


@transaction.atomic
def close_without_data(
    *, call: Call, kind: str, actor: Actor, now: datetime, typed: Mapping[str, Any] | None = None
) -> Call:
    """Silent, hung up, abusive, wrong number, thanks: time and kind stay, nothing about anybody.

    `typed`: the desk as it stands; only the codes that tell whether somebody is in danger are looked at.
    """
    outlook = outlook_of(typed or {})
    call.kind, call.ended_at, call.danger = kind, now, outlook.level
    call.safety, call.taps = outlook.safety, taps_of(typed or {})
    call.acting(actor).save()
    perform(call, "keep_nothing", actor=actor, at=When.instant(now))
    return call


def hand_over(*, call: Call, to: UUID, actor: Actor, now: datetime) -> None:
    """Ask a colleague to take the call over; until then whoever has it stays responsible."""
    perform(call, "hand_over", actor=actor, at=When.instant(now), offered_to=to)


def take_over(*, call: Call, actor: Actor, now: datetime) -> None:
    perform(call, "take_over", actor=actor, at=When.instant(now))
