"""Commands: each keyword-only, atomic, with an actor. What changes a state is a move, not a command."""

from casework.services.access import ask_to_read, open_in_emergency
from casework.services.cases import (
    answer_children,
    assign_case,
    close_follow_up,
    inform_rights,
    open_case,
    reach,
    record_escalation,
    update_case,
)
from casework.services.checklist import tick
from casework.services.danger import assess_danger, judge_danger, override_danger
from casework.services.documents import document_file, is_unchanged, print_paper, reach_document
from casework.services.emergency import break_glass
from casework.services.evidence import BadFile, evidence_file, register_evidence, register_files
from casework.services.happenings import prompt_reassessment, record_happening, record_incident
from casework.services.hints import set_hint_aside, take_hint_back
from casework.services.people import add_person, record_reporter, take_in, update_person
from casework.services.recusals import lift_recusal, may_recuse, recuse
from casework.services.safety import set_safe_contact, write_safety_plan
from casework.services.shredding import ask_to_shred, lift_mark, mark
from casework.services.work import add_note, finish_task, open_task

__all__ = [
    "BadFile",
    "add_note",
    "add_person",
    "answer_children",
    "ask_to_read",
    "ask_to_shred",
    "assess_danger",
    "assign_case",
    "break_glass",
    "close_follow_up",
    "document_file",
    "evidence_file",
    "finish_task",
    "inform_rights",
    "is_unchanged",
    "judge_danger",
    "lift_mark",
    "lift_recusal",
    "mark",
    "may_recuse",
    "open_case",
    "open_in_emergency",
    "open_task",
    "override_danger",
    "print_paper",
    "prompt_reassessment",
    "reach",
    "reach_document",
    "record_escalation",
    "record_happening",
    "record_incident",
    "record_reporter",
    "recuse",
    "register_evidence",
    "register_files",
    "set_hint_aside",
    "set_safe_contact",
    "take_hint_back",
    "take_in",
    "tick",
    "update_case",
    "update_person",
    "write_safety_plan",
]
