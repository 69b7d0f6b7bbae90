"""What this room offers on the page of a case: what a visit found and another room has to act on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.measure import Measure
from casework.measures.follow_up_visit.codes import Answer, Basis
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.workflow import FLOW, S
from casework.models import Case
from casework.suggestions import Suggestion
from workflow.engine import open_moves
from workflow.models import StepRecord
from workflow.registry import lives

LEFT = ("leave", "hand_over")
VISITED_WITHIN = timedelta(days=3)  # our own rule; the task of the shelter asks for the next day
# What was said at a visit, the life that it concerns, the move that records it there.
BROKEN = (
    ("order_kept", "protection_order", "report_breach", "P16",
     _("At a visit she said that he breaks the protection order. Record the breach: court and police have to be told.")),
    ("letter_kept", "warning_letter", "report_relapse", "W19",
     _("At a visit she said that he defies the warning letter. Record it: the police have to know.")),
)  # fmt: skip


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    visits = list(FollowUpVisit.objects.visible_to(actor).filter(case=case).order_by("created_at"))
    for visit in visits:
        if visit.state == S.MISSED:
            yield Suggestion(
                _("Nobody has reached her: the search goes on until somebody has spoken to her."),
                visit.get_absolute_url(), _("Next step of the search"), "P16", True,
            )  # fmt: skip
    yield from _after_the_shelter(case)
    done = [visit for visit in visits if visit.state == S.DONE]
    for name, flow, move, law, words in BROKEN:
        broken = [visit for visit in done if getattr(visit, name) == Answer.NO]
        if (
            broken
            and (row := _open_row(case, actor, flow, move))
            and not _recorded_since(row, move, broken[-1])
        ):
            yield Suggestion(
                words, reverse("workflow:move", args=[flow, row.pk, move]), _("Record it"), law, True
            )
    for visit in done:
        if visit.basis == Basis.ORDER_END and (row := _open_row(case, actor, visit.of_flow, "feed_back")):
            yield Suggestion(
                _("The last visit of a protection order is done: send the signed report to the court."),
                reverse("workflow:move", args=[visit.of_flow, row.pk, "feed_back"]), _("Record what was sent"), "P16", True,
            )  # fmt: skip


def _open_row(case: Case, actor: Actor, flow: str, move: str) -> Any:
    """The life of this kind in the case in which the actor could make this move now."""
    model = lives().get(flow)
    if model is None or not issubclass(model, Measure):
        return None
    for row in model.objects.visible_to(actor).filter(case=case):
        if any(found.move.name == move for found in open_moves(row, actor)):
            return row
    return None


def _recorded_since(row: Any, move: str, visit: FollowUpVisit) -> bool:
    held = StepRecord.objects.filter(obj_id=visit.pk, move="hold").values_list("seq", flat=True).last()
    return StepRecord.objects.filter(obj_id=row.pk, move=move, seq__gt=held or 0).exists()


def _after_the_shelter(case: Case) -> Iterator[Suggestion]:
    """She left a shelter days ago and nobody has visited her since; read from the steps, whatever room made them."""
    steps = StepRecord.objects.filter(Q(flow="shelter_stay", move__in=LEFT) | Q(flow=FLOW.key, move="hold"))
    last = (
        steps.filter(subject_id=case.pk)
        .order_by("seq")
        .values("flow", "obj_id", "recorded_at", "happened_to")
        .last()
    )
    if last is None or last["flow"] == FLOW.key:
        return
    page = reverse("casework:open_measure", args=[case.pk, FLOW.key])
    if timezone.now() - (last["happened_to"] or last["recorded_at"]) > VISITED_WITHIN:
        yield Suggestion(
            _("She left the shelter more than three days ago and has not been visited since."),
            f"{page}?basis={Basis.SHELTER}", _("Plan the visit"), "F05", True,
            key=f"shelter {last['obj_id']}",
        )  # fmt: skip
