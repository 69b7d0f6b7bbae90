"""What is done with a call. Every command takes its actor; moves go through the one door."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.calling import may_call
from casework.codes import Channel, Danger, Flag, Relation, Role, Sex
from casework.models import Case, SafeContact
from casework.services import (
    add_person,
    answer_children,
    assess_danger,
    inform_rights,
    judge_danger,
    open_case,
    record_incident,
    record_reporter,
    set_safe_contact,
)
from hotline.codes import Answer, CallBackState, CallKind, Injury
from hotline.models import Call, CallBack, CallDraft
from hotline.wishes import draft_wishes
from privacy.blind import phone_tags
from workflow.engine import begin, perform
from workflow.when import When

PERSONAL_FLAGS = frozenset({
    Flag.PREGNANT, Flag.NURSING, Flag.DISABLED, Flag.ILL, Flag.ELDERLY, Flag.MINOR, Flag.INCAPABLE, Flag.COERCED,
})  # fmt: skip
SLOT_CAPACITY = 2
YES_NO: dict[str, bool] = {"yes": True, "no": False}
COLUMNS = (
    "safety", "kind", "language", "matter", "relation", "flags", "injury", "weapon", "children", "police_before",
    "wishes", "area", "rights_informed", "number", "caller_name", "place", "account", "advice", "rights_not_told_reason",
)  # fmt: skip


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
def save_draft(*, call: Call, content: Mapping[str, Any], actor: Actor, now: datetime) -> CallDraft:
    """Keep what is on the screen as it is, right or wrong; the last writer's text stands."""
    draft = CallDraft.objects.select_for_update().filter(call=call).first() or CallDraft(call=call)
    draft.content, draft.saved_at = dict(content), now
    draft.acting(actor).save()
    return draft


@transaction.atomic
def finish_call(
    *, call: Call, data: Mapping[str, Any], answers: Mapping[str, str], actor: Actor, now: datetime
) -> Call:
    """Write the record and close the call with the chosen outcome; raises what the door raises, and then nothing is kept.

    `data`: cleaned fields of the desk form. A case is opened or joined first, so that the step knows it.
    """
    fill(call, data, actor)
    outcome = data["outcome"]
    if outcome == "open_case":
        call.case = _new_case(call, data, actor, now)
    elif outcome == "join_case":
        call.case = Case.objects.visible_to(actor).get(pk=data["case"])
    call.ended_at = now
    call.acting(actor).save()
    takes = (
        {"transferred_to": data["transferred_to"], "to_whom": data["to_whom"]}
        if outcome == "transfer"
        else {}
    )
    perform(call, outcome, actor=actor, at=When.instant(now), **takes)
    if call.case is not None:
        _tell_case(call, data, answers, actor, now)
    CallDraft.objects.filter(call=call).delete()
    return call


def fill(call: Call, data: Mapping[str, Any], actor: Actor) -> None:
    for column in COLUMNS:
        setattr(call, column, data.get(column) or _empty(column))
    call.forms = data.get("forms_of_violence") or []
    call.tags = phone_tags(data["number"]) if data.get("number") else []


def _empty(column: str) -> Any:
    field: models.Field[Any, Any] = Call._meta.get_field(column)  # type: ignore[assignment]
    return field.get_default()


def _new_case(call: Call, data: Mapping[str, Any], actor: Actor, now: datetime) -> Case:
    case = open_case(
        actor=actor, at=When.instant(now), channel=Channel.HOTLINE, matter=call.matter, forms=call.forms,
        relation=call.relation, flags=_flags(call, data), wishes=call.wishes, language=call.language, area=call.area,
    )  # fmt: skip
    add_person(
        case, actor=actor, role=Role.VICTIM, name=data["victim_name"], phone=data["victim_phone"] or _own_number(data),
        id_number=data["victim_id"], age=data["victim_age"], sex=data["victim_sex"] or Sex.UNKNOWN, address=data["place"],
        flags=[flag for flag in data["flags"] if flag in PERSONAL_FLAGS],
    )  # fmt: skip
    if data["respondent_name"] or data["respondent_phone"]:
        add_person(
            case, actor=actor, role=Role.RESPONDENT, name=data["respondent_name"], phone=data["respondent_phone"],
            relation_to_victim=data["relation"] or Relation.NOT_STATED,
        )  # fmt: skip
    if data["kind"] in (CallKind.BYSTANDER, CallKind.INSTITUTION) and (data["caller_name"] or data["number"]):
        record_reporter(
            case,
            actor=actor,
            name=data["caller_name"],
            phone=data["number"],
            body=data["kind"] == CallKind.INSTITUTION,
        )
    return case


def _own_number(data: Mapping[str, Any]) -> str:
    """The caller's number is the victim's only when she calls for herself."""
    return str(data["number"]) if data["kind"] == "self" else ""


def _flags(call: Call, data: Mapping[str, Any]) -> list[str]:
    found = set(data["flags"])
    found |= {Flag.CHILD_IN_HOUSEHOLD.value} if call.children == Answer.YES else set()
    found |= {Flag.WEAPON.value} if call.weapon == Answer.YES else set()
    found |= {Flag.INJURY.value} if call.injury in (Injury.MINOR, Injury.SERIOUS) else set()
    return sorted(found)


def _tell_case(
    call: Call, data: Mapping[str, Any], answers: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """What the call brought goes into the case: the incident, the danger, the rights, how to reach her, her wishes."""
    case = call.case
    assert case is not None
    at = When.instant(now)
    if data["account"] or call.forms:
        day = When.day(data["happened_on"]) if data["happened_on"] else When.unknown()
        record_incident(
            case, actor=actor, when=day, forms=call.forms, account=data["account"], weapon=YES_NO.get(call.weapon),
            injured=None if call.injury == Injury.UNKNOWN else call.injury != Injury.NONE,
            children_present=YES_NO.get(call.children), police_called=YES_NO.get(call.police_before),
        )  # fmt: skip
    _assess(case, data, answers, actor, at)
    if call.rights_informed and case.rights_informed_at is None:
        inform_rights(case, actor=actor, at=at)
    if call.children != Answer.UNKNOWN:
        answer_children(case, actor=actor, answer=call.children == Answer.YES)
    _keep_safe_contact(case, data, actor)
    draft_wishes(case, wishes=call.wishes, actor=actor, now=now)


def _assess(case: Case, data: Mapping[str, Any], answers: Mapping[str, str], actor: Actor, at: When) -> None:
    """The scale if anything was answered; where it does not fit, only a raised alarm (children, the old)."""
    level, reason = data["judged_level"], data["judged_reason"]
    if case.scale_applies():
        if level or any(answer != Answer.UNKNOWN for answer in answers.values()):
            assess_danger(case, actor=actor, answers=answers, override=level, reason=reason, at=at)
    elif level == Danger.HIGH:
        judge_danger(case, actor=actor, level=level, reason=reason, at=at)


def _keep_safe_contact(case: Case, data: Mapping[str, Any], actor: Actor) -> None:
    if not (data["safe_phone"] or data["safe_from"] or data["code_word"] or data["cover_identity"]):
        return
    days = [int(day) for day in data["safe_days"]] or list(range(7))
    hours = (
        [{"days": days, "from": _clock(data["safe_from"]), "to": _clock(data["safe_to"])}]
        if data["safe_from"]
        else []
    )
    set_safe_contact(
        case, actor=actor, phone=data["safe_phone"], hours=hours, may_leave_message=data["may_leave_message"],
        cover_identity=data["cover_identity"], code_word=data["code_word"],
    )  # fmt: skip


def _clock(value: time) -> str:
    return value.strftime("%H:%M")


@transaction.atomic
def close_without_data(*, call: Call, kind: str, actor: Actor, now: datetime) -> Call:
    """One key and a confirmation: the kind and the time stay, nothing about anybody."""
    call.kind, call.ended_at = kind, now
    call.forget()
    call.acting(actor).save()
    perform(call, "keep_nothing", actor=actor, at=When.instant(now))
    CallDraft.objects.filter(call=call).delete()
    return call


def check_slot(slot: datetime | None, now: datetime) -> datetime:
    """A slot to come, on the half hour; anything else is not offered."""
    if slot is None or slot.tzinfo is None or slot <= now or slot.minute % 30 or slot.second:
        raise ValidationError(_("Choose one of the times offered."), code="no_slot")
    return slot


@transaction.atomic
def book_call_back(
    *, case: Case, slot: datetime, note: str, actor: Actor, call: Call | None = None
) -> CallBack:
    """Book a slot; refused outside her safe hours and where the desk has no hands left."""
    allowed, why, _next = may_call(SafeContact.objects.filter(case=case).first(), slot)
    if not allowed:
        raise ValidationError(str(why), code="unsafe_hours")
    agency = case.agency_id
    booked = CallBack.objects.filter(
        slot=slot, state=CallBackState.BOOKED, case__agency_id=agency
    ).select_for_update()
    if booked.count() >= SLOT_CAPACITY:
        raise ValidationError(_("This time is full. Choose another one."), code="full")
    back = CallBack(case=case, slot=slot, note=note, booked_by_id=actor.user_id, call=call)
    back.acting(actor).save()
    return back


@transaction.atomic
def settle_call_back(*, back: CallBack, state: str, actor: Actor, now: datetime) -> CallBack:
    """Note how the call-back went. Calling her outside the safe hours is refused here too."""
    if state == CallBackState.REACHED:
        allowed, why, _next = may_call(SafeContact.objects.filter(case_id=back.case_id).first(), now)
        if not allowed:
            raise ValidationError(str(why), code="unsafe_hours")
    back.state = state
    back.acting(actor).save()
    return back


def hand_over(*, call: Call, operator_id: UUID, actor: Actor, now: datetime) -> None:
    perform(call, "hand_over", actor=actor, at=When.instant(now), operator=operator_id)
