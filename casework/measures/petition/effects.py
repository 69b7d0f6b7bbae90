"""What a step of a petition causes, through step.obj."""

from typing import TYPE_CHECKING

from workflow.clocks import cancel_clocks, stop_clocks
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.petition.models import Petition
    from workflow.models import StepRecord


def tell_case(step: "StepRecord") -> None:
    """The notice the case was waiting for has been given; it runs the same clock where it was opened as a petition."""
    stop_clocks(step.obj.case, ["xf_notice_15d"], step.when, step.recorded_at)


def forget_objection(step: "StepRecord") -> None:
    """Whoever deals with a matter does not object to it any more."""
    cancel_clocks(step.obj, ["xf_objection_5wd"], now=step.recorded_at)


def end_sixty_days(step: "StepRecord") -> None:
    """The new end has taken their place; they get no verdict of their own."""
    cancel_clocks(step.obj, ["xf_conclude_60d"], now=step.recorded_at)


def tell_superior(step: "StepRecord") -> None:
    petition: Petition = step.obj
    above = petition.agency_for("superior_body")
    if above:
        send(topic="notice", agency_id=above, kind="petition_review", obj=petition)


def mark_urgent(step: "StepRecord") -> None:
    step.obj.urgent = True
    step.obj.acting(step.actor).save()
