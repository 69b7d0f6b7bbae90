"""What a referral's step causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.codes import Body, TaskKind
from casework.happenings import HappeningKind
from casework.services import open_task, record_happening
from workflow.outbox import send

if TYPE_CHECKING:
    from referrals.models import Referral
    from workflow.models import StepRecord

ANOTHER_WITHIN = timedelta(days=1)  # our own rule: first contact means finding somebody else (N02)


def tell_receiver(step: "StepRecord") -> None:
    referral: Referral = step.obj
    if referral.receiver_id:
        send(topic="notice", agency_id=referral.receiver_id, kind=f"referral_{step.to_state}", obj=referral)


def tell_sender(step: "StepRecord") -> None:
    send(topic="notice", agency_id=step.obj.case.agency_id, kind=f"referral_{step.to_state}", obj=step.obj)


def note_sent(step: "StepRecord") -> None:
    record_happening(
        step.obj.case,
        actor=step.actor,
        kind=HappeningKind.REFERRAL_SENT,
        when=step.when,
        actor_body=Body.FEDERATION,
    )


def note_granted(step: "StepRecord") -> None:
    """Legal aid accepted is legal aid granted: no means test for domestic violence (LA 32)."""
    if step.obj.service == "legal_aid":
        record_happening(
            step.obj.case,
            actor=step.actor,
            kind=HappeningKind.LEGAL_AID_GRANTED,
            when=step.when,
            actor_body=Body.JUSTICE,
        )


def find_another(step: "StepRecord") -> None:
    referral: Referral = step.obj
    due = step.recorded_at + ANOTHER_WITHIN
    open_task(referral.case, actor=step.actor, kind=TaskKind.OTHER, due_at=due, obj=referral)
