"""What a step of the watch causes, through step.obj."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from casework.codes import TaskKind, Trigger
from casework.services import open_task, prompt_reassessment
from workflow.outbox import send

if TYPE_CHECKING:
    from casework.measures.key_watch.models import KeyWatch
    from workflow.models import StepRecord

# Our own rules, not law.
ASK_WITHIN = timedelta(days=1)
CHECK_WITHIN = timedelta(hours=4)


def _keep(step: "StepRecord", **columns: Any) -> None:
    for name, value in columns.items():
        setattr(step.obj, name, value)
    step.obj.acting(step.actor).save()


def _tell(step: "StepRecord", agency_id: UUID | None, kind: str) -> None:
    if agency_id:
        send(topic="notice", agency_id=agency_id, kind=kind, obj=step.obj)


def note_proposer(step: "StepRecord") -> None:
    _keep(step, proposed_by_id=step.actor.user_id)
    _tell(step, step.obj.home_id, "watch_proposed")


def note_review(step: "StepRecord") -> None:
    _keep(step, reviewed_until=step.obj.review_on)


def tell_watcher(step: "StepRecord") -> None:
    _tell(step, step.obj.watcher_id, f"watch_{step.to_state}")


def weigh_sign(step: "StepRecord") -> None:
    """Signs of violence raise the question of danger at once; a contact lost is looked after the same day."""
    watch: KeyWatch = step.obj
    sign = str(step.asked["sign"])
    _keep(step, last_sign=sign)
    if sign == "violence":
        prompt_reassessment(watch.case, actor=step.actor, why=Trigger.NEW_INCIDENT, now=step.recorded_at)
    if sign in {"violence", "contact_lost"}:
        open_task(
            watch.case, actor=step.actor, kind=TaskKind.WELFARE_CHECK, due_at=step.recorded_at + CHECK_WITHIN, obj=watch,
        )  # fmt: skip
        _tell(step, watch.home_id, "watch_sign")


def ask_why(step: "StepRecord") -> None:
    """Ended because nobody looked: somebody says whether that was right."""
    watch: KeyWatch = step.obj
    open_task(
        watch.case, actor=step.actor, kind=TaskKind.OTHER, due_at=step.recorded_at + ASK_WITHIN, obj=watch,
        text=_("The key watch ended because nobody reviewed it. Look at the danger and propose it again if it is still needed."),
    )  # fmt: skip
    _tell(step, watch.home_id, "watch_expired")
