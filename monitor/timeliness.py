"""How complete, how well known and how timely each unit's report is. No person is ranked."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from agencies.actor import Actor
from monitor.people import is_bureau
from monitor.stored import Answer
from workflow.models import StepRecord

if TYPE_CHECKING:
    from monitor.lives import Round


@dataclass(frozen=True, slots=True)
class UnitLine:
    unit: str
    link: str
    state: str
    asked: int
    answered: int
    unknown: int
    handed: date | None
    late: bool

    @property
    def score(self) -> int:
        """Of a hundred: half for answers given, a quarter for known ones, a quarter for being in time."""
        if not self.asked:
            return 0
        known = (self.answered - self.unknown) / self.answered if self.answered else 0
        in_time = self.handed is not None and not self.late
        return round(50 * self.answered / self.asked + 25 * known + 25 * in_time)


def timeliness(one: "Round", actor: Actor) -> list[UnitLine]:
    rows = list(one.submissions.select_related("agency", "round").order_by("agency__name"))
    steps = StepRecord.objects.filter(obj_id__in=[row.pk for row in rows], move="hand_in").order_by()
    handed = dict(steps.values_list("obj_id").annotate(Max("recorded_at")))
    found = []
    for row in rows:
        slots, at = row.slots(), handed.get(row.pk)
        answers = [slot.value.answer for slot in slots if slot.value is not None]
        day = timezone.localdate(at) if at else None
        link = row.get_absolute_url() if is_bureau(actor) else ""
        late = (day or timezone.localdate()) > one.due_on
        found.append(UnitLine(str(row.agency), link, str(row.state_label), len(slots), len(answers),
                              answers.count(Answer.UNKNOWN), day, late))  # fmt: skip
    return found
