"""What is left of a case that was shredded: its number, its days, its codes, and who decided."""

from typing import Any
from uuid import UUID

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from agencies.need_to_know import not_recused
from casework.models import Case, Shredding
from casework.shredding import D
from workflow.models import StepRecord


def what_remains(pk: UUID, actor: Actor) -> dict[str, Any] | None:
    """For whoever could see it before; to all others it is absent, as it always was."""
    stone = FileMark.objects.filter(subject_id=pk, kind=MarkKind.SHREDDED).first()
    if stone is None:
        return None
    case = Case.objects.filter(Case.scope(actor) & not_recused(Case, actor), pk=pk).first()
    if case is None:
        return None
    asked = Shredding.objects.filter(case=case, person=None, state=D.DONE).first()
    archived = StepRecord.objects.filter(obj_id=pk, move="archive").order_by("-seq").first()
    return {
        "gone": case,
        "at": stone.entered_at,
        "asked": asked,
        "archived": archived and archived.recorded_at,
    }
