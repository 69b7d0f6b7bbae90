"""What a step of a report causes, through step.obj."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.models import StepRecord


def note_writer(step: "StepRecord") -> None:
    step.obj.writer_id = step.actor.user_id
    step.obj.acting(step.actor).save()


def draw_records(step: "StepRecord") -> None:
    """Good practice and problems as they stand now: the report keeps them, whatever becomes of them."""
    one = step.obj
    one.drawn = one.to_draw()
    one.acting(step.actor).save()


def note_leading(step: "StepRecord") -> None:
    step.obj.leading = step.obj.leading_now()
    step.obj.acting(step.actor).save()


def add_comment(step: "StepRecord") -> None:
    step.obj.comments.create(
        agency_id=step.actor.agency_id, entered_by_id=step.actor.user_id, text=step.asked["comment"],
        entered_at=step.recorded_at,
    )  # fmt: skip


def add_reply(step: "StepRecord") -> None:
    row = step.obj.comments.get(pk=step.asked["which"])
    row.reply = step.asked["reply"]
    row.save(update_fields=["reply"])
