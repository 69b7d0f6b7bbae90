"""What a call brings into a case: the people, the incident, the danger, how to reach her, her wishes."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import Channel, Danger, Flag, NoteKind, Relation, Role, Sex, Trigger
from casework.happenings import HappeningKind
from casework.models import Case
from casework.services import (
    add_note,
    add_person,
    answer_children,
    assess_danger,
    inform_rights,
    judge_danger,
    open_case,
    prompt_reassessment,
    record_happening,
    record_incident,
    record_reporter,
    set_safe_contact,
)
from casework.tools import RANK, current_tool, score
from hotline.codes import Answer, CallKind, Injury, Tap
from hotline.duties import draft_duty
from hotline.models import Call
from hotline.wishes import draft_wishes
from workflow.when import When

PERSONAL_FLAGS = frozenset({
    Flag.PREGNANT, Flag.NURSING, Flag.DISABLED, Flag.ILL, Flag.ELDERLY, Flag.MINOR, Flag.INCAPABLE, Flag.COERCED,
})  # fmt: skip
YES_NO: dict[str, bool] = {"yes": True, "no": False}
EVERY_DAY = list(range(7))
Data = Mapping[str, Any]


def new_case(call: Call, data: Data, *, actor: Actor, at: When) -> Case:
    """A case with the people the caller named. A caller who is not the victim goes into the compartment of reporters."""
    case = open_case(
        actor=actor, at=at, channel=Channel.HOTLINE, matter=call.matter, forms=call.forms,
        relation=call.relation, flags=_flags(call, data), wishes=call.wishes, language=call.language, area=call.area,
    )  # fmt: skip
    add_person(
        case, actor=actor, role=Role.VICTIM, name=data["victim_name"], phone=data["victim_phone"] or _own_number(data),
        id_number=data["victim_id"], age=data["victim_age"], sex=data["victim_sex"] or Sex.UNKNOWN, address=data["place"],
        language=call.language, flags=[flag for flag in data["flags"] if flag in PERSONAL_FLAGS],
    )  # fmt: skip
    if data["respondent_name"] or data["respondent_phone"]:
        add_person(
            case, actor=actor, role=Role.RESPONDENT, name=data["respondent_name"], phone=data["respondent_phone"],
            relation_to_victim=data["relation"] or Relation.NOT_STATED,
        )  # fmt: skip
    if data["kind"] in (CallKind.BYSTANDER, CallKind.INSTITUTION) and (data["caller_name"] or data["number"]):
        body = data["kind"] == CallKind.INSTITUTION
        record_reporter(case, actor=actor, name=data["caller_name"], phone=data["number"], body=body)
    return case


def _own_number(data: Data) -> str:
    """The caller's number is the victim's only when she calls for herself."""
    return str(data["number"]) if data["kind"] == CallKind.SELF else ""


def _flags(call: Call, data: Data) -> list[str]:
    found = set(data["flags"])
    found |= {Flag.CHILD_IN_HOUSEHOLD.value} if call.children == Answer.YES else set()
    found |= {Flag.WEAPON.value} if call.weapon == Answer.YES else set()
    found |= {Flag.INJURY.value} if call.injury in (Injury.MINOR, Injury.SERIOUS) else set()
    return sorted(found)


def tell_case(
    call: Call, case: Case, data: Data, answers: Mapping[str, str], *, actor: Actor, at: When
) -> None:
    """Write into the case what was said in the call, new or joined."""
    now = at.latest
    assert now is not None
    if data["account"] or call.forms:
        _incident(call, case, data, actor)
    if call.called_110:
        record_happening(case, actor=actor, kind=HappeningKind.POLICE_REPORTED, when=at, now=now)
    if words := contact_words(call, data):
        add_note(case, actor=actor, kind=NoteKind.CONTACT, text=words, when=at)
    _assess(case, data, answers, actor, at)
    if call.rights_informed and case.rights_informed_at is None:
        inform_rights(case, actor=actor, at=at)
    if call.children != Answer.UNKNOWN:
        answer_children(case, actor=actor, answer=call.children == Answer.YES)
    _keep_safe_contact(case, data, actor)
    draft_duty(case, account=data["account"][:4000], actor=actor, now=now)
    draft_wishes(case, wishes=call.wishes, language=call.language, actor=actor, now=now)


def _incident(call: Call, case: Case, data: Data, actor: Actor) -> None:
    day = When.day(data["happened_on"]) if data["happened_on"] else When.unknown()
    record_incident(
        case, actor=actor, when=day, forms=call.forms, account=data["account"], weapon=YES_NO.get(call.weapon),
        injured=None if call.injury == Injury.UNKNOWN else call.injury != Injury.NONE,
        children_present=YES_NO.get(call.children), police_called=YES_NO.get(call.police_before),
    )  # fmt: skip


def contact_words(call: Call, data: Data) -> str:
    """What the next worker has to know of the call itself: where she was, what was done, what she tapped."""
    lines = []
    if data["place"]:
        lines.append(_("Where she was: %(place)s") % {"place": data["place"]})
    if call.called_110:
        lines.append(_("The desk called 110 for her."))
    asked = [(tap, call.taps[tap]) for tap in Tap if tap in call.taps]
    lines += [f"{tap.label} {Answer(answer).label}" for tap, answer in asked]
    if data["advice"]:
        lines.append(_("What was advised: %(advice)s") % {"advice": data["advice"]})
    if data["rights_not_told_reason"]:
        lines.append(
            _("Not told about the protection order: %(why)s") % {"why": data["rights_not_told_reason"]}
        )
    return "\n".join(lines)


def _assess(case: Case, data: Data, answers: Mapping[str, str], actor: Actor, at: When) -> None:
    """The scale if anything was answered; where it does not fit, only a raised alarm (children, the old)."""
    level, reason = data["judged_level"], data["judged_reason"]
    if not case.scale_applies():
        if level == Danger.HIGH:
            judge_danger(case, actor=actor, level=level, reason=reason, at=at)
        return
    if not level and all(answer == Answer.UNKNOWN for answer in answers.values()):
        return
    found = score(current_tool(), answers)
    if found.unknown_count and RANK[Danger(level or found.level)] < RANK[Danger(case.danger)]:
        # Half a scale must not make a dangerous case look safer than it was.
        prompt_reassessment(case, actor=actor, why=Trigger.NEW_INCIDENT, now=at.latest)
        return
    override = level if level and RANK[Danger(level)] > RANK[Danger(found.level)] else ""
    assess_danger(case, actor=actor, answers=answers, override=override, reason=reason, at=at)


def _keep_safe_contact(case: Case, data: Data, actor: Actor) -> None:
    """Only what was asked is changed: an empty field says nothing about what was agreed before."""
    found: dict[str, Any] = {
        column: data[name]
        for column, name in (
            ("phone", "safe_phone"),
            ("cover_identity", "cover_identity"),
            ("code_word", "code_word"),
        )
        if data[name]
    }
    if data["safe_from"]:
        days = [int(day) for day in data["safe_days"]] or EVERY_DAY
        found["hours"] = [{"days": days, "from": _clock(data["safe_from"]), "to": _clock(data["safe_to"])}]
    if data["may_leave_message"]:
        found["may_leave_message"] = True
    if data["never_call"]:
        found["never_call"] = True
    if found:
        set_safe_contact(case, actor=actor, **found)


def _clock(value: time) -> str:
    return value.strftime("%H:%M")
