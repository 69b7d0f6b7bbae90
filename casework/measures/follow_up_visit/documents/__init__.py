"""The record of a visit."""

from pathlib import Path

from agencies.models import User
from casework.codes import Form, Role, Wish
from casework.documents.facts import YES_NO, Facts, first, people
from casework.documents.own import case_facts
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.paper.literal import ticked, when
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from workflow.models import StepRecord


def visit_facts(visit: FollowUpVisit) -> Facts:
    """One visit in words; what was not asked stays empty, to be filled in by hand."""
    step = StepRecord.objects.filter(obj_id=visit.pk, move="hold").first()
    before = FollowUpVisit.objects.filter(case_id=visit.case_id, state="done", due_at__lt=visit.due_at)
    return {
        "basis": visit.get_basis_display(),
        "due": visit.due_at,
        "held": when(step.when) if step else "",
        "by": User.objects.filter(pk=step.actor_user).first() if step else "",
        "n": visit.round or before.count() + 1,
        "channel": visit.get_channel_display() if visit.channel else "",
        "safe": YES_NO[visit.safe_to_talk] if step else "",
        "company": visit.get_company_display() if visit.company else "",
        "violence": _said(visit, "new_violence"),
        "forms": ticked(Form.choices, visit.violence_forms),
        "injured": YES_NO[visit.injured] if step else "",
        "safe_place": _said(visit, "safe_place"),
        "order_kept": _said(visit, "order_kept"),
        "letter_kept": _said(visit, "letter_kept"),
        "needs": ticked(Wish.choices, visit.wants),
        "signed": YES_NO[visit.signed] if step else "",
        "attempts": visit.attempts or "",
        "next": visit.next_due_at,
    }


def _said(visit: FollowUpVisit, name: str) -> str:
    return str(getattr(visit, f"get_{name}_display")()) if getattr(visit, name) else ""


def record(visit: FollowUpVisit, reader: Reader) -> Facts:
    return {
        "case": case_facts(visit.case),
        "visit": visit_facts(visit),
        "victim": first(people(visit.case, reader, "name", roles=[Role.VICTIM])),
        **reader.open(visit, "account", "help_given"),
    }


PAPERS = (Paper("visit_record", FollowUpVisit, Path(__file__).with_name("visit.yaml"), record),)
