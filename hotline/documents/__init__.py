"""The record of a call, once it belongs to a case."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from casework.codes import Flag, Form, Wish
from casework.documents.facts import YES_NO, Facts
from casework.documents.own import case_facts
from casework.paper.literal import named, ticked
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from hotline.codes import CallKind
from hotline.models import Call
from privacy.masks import mask_phone


def call_facts(call: Call) -> Facts:
    return {
        "operator": call.operator,
        "started": call.started_at,
        "ended": call.ended_at,
        "kind": call.get_kind_display(),
        "language": call.get_language_display(),
        "safety": call.get_safety_display(),
        "area": call.area,
        "matter": call.get_matter_display(),
        "relation": call.get_relation_display(),
        "forms": ticked(Form.choices, call.forms),
        "injury": call.get_injury_display(),
        "weapon": call.get_weapon_display(),
        "children": call.get_children_display(),
        "police_before": call.get_police_before_display(),
        "flags": named(Flag.choices, call.flags),
        "wishes": ticked(Wish.choices, call.wishes),
        "danger": call.get_danger_display(),
        "informed": YES_NO[call.rights_informed],
    }


def record(call: Call, reader: Reader) -> Facts:
    """Who calls for somebody else is a reporter: neither name nor number stands on paper (WPL 72)."""
    opened = reader.open(call, "account", "advice", "rights_not_told_reason")
    caller = reader.open(call, "caller_name", "number") if call.kind == CallKind.SELF else {}
    assert call.case
    return {
        "case": case_facts(call.case),
        "call": call_facts(call),
        "number": mask_phone(caller.get("number") or "") if caller else _("Kept secret"),
        "name": caller["caller_name"] if caller else _("Kept secret"),
        "account": opened["account"],
        "advice": opened["advice"],
        "not_told": opened["rights_not_told_reason"],
    }


def of_a_case(call: Call) -> bool:
    return call.case_id is not None


PAPERS = (Paper("call_record", Call, Path(__file__).with_name("call.yaml"), record, offered=of_a_case),)
