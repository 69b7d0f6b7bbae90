"""The record of a visit."""

from pathlib import Path
from typing import Any

from agencies.models import User
from casework.codes import Role
from casework.documents.facts import YES_NO, Facts, first, people
from casework.documents.own import case_facts
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.paper.literal import when
from casework.paper.papers import Paper
from casework.paper.reader import Reader
from workflow.models import StepRecord


def visit_facts(visit: FollowUpVisit) -> Facts:
    """One visit in words; `held` and `by` are empty until it took place."""
    step = StepRecord.objects.filter(obj_id=visit.pk, move="hold").first()
    before = FollowUpVisit.objects.filter(case_id=visit.case_id, state="done", due_at__lt=visit.due_at)
    done: Any = YES_NO if step else dict.fromkeys(YES_NO, "")
    return {
        "basis": visit.get_basis_display(),
        "due": visit.due_at,
        "held": when(step.when) if step else "",
        "by": User.objects.filter(pk=step.actor_user).first() if step else "",
        "n": before.count() + 1,
        "channel": visit.get_channel_display() if visit.channel else "",
        "safe": done[visit.safe_to_talk],
        "violence": done[visit.new_violence],
        "order_kept": done[visit.order_kept],
        "letter_kept": done[visit.letter_kept],
        "needs": done[visit.needs_changed],
        "signed": done[visit.signed],
        "attempts": visit.attempts,
        "next": visit.next_due_at,
    }


def record(visit: FollowUpVisit, reader: Reader) -> Facts:
    return {
        "case": case_facts(visit.case),
        "visit": visit_facts(visit),
        "victim": first(people(visit.case, reader, "name", roles=[Role.VICTIM])),
        "account": reader.open(visit, "account")["account"],
    }


PAPERS = (Paper("visit_record", FollowUpVisit, Path(__file__).with_name("visit.yaml"), record),)
