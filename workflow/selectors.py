"""What the panels of a life show besides the object itself. Callers reach the object first, scoped."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.functional import Promise

from agencies.models import Agency
from agencies.selectors import names_of
from workflow.models import Deadline, LifeModel, StepRecord
from workflow.table import STAY, Move, Text, Workflow


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in words, with nothing of what was answered."""

    step: StepRecord
    move: Text
    to_state: Text
    who: str
    agency: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One state on the strip: `place` is passed, now or next."""

    label: Text
    place: str


def steps_of(obj: LifeModel) -> list[StepLine]:
    """The steps of this life, first to last; three queries however many there are."""
    steps = list(StepRecord.objects.filter(obj_id=obj.pk).defer("payload"))
    users = names_of(step.actor_user for step in steps)
    agencies = {s.actor_agency for s in steps if s.actor_agency}
    bodies = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "short_name"))
    return [_line(obj.flow, step, users, bodies) for step in steps]


def _line(flow: Workflow, step: StepRecord, users: dict[UUID, str], bodies: dict[UUID, str]) -> StepLine:
    known = step.to_state in flow.states.values
    return StepLine(
        step=step,
        move=_button(flow, step.move),
        to_state=flow.states(step.to_state).label if known else step.to_state,
        who=users.get(step.actor_user, ""),
        agency=bodies.get(step.actor_agency, "") if step.actor_agency else "",
        moved=step.from_state != step.to_state,
    )


def _button(flow: Workflow, name: str) -> str | Promise:
    """The word of a move; a step of an older table keeps its code."""
    try:
        return flow.move(name).button
    except KeyError:
        return name


def deadlines_of(obj: LifeModel) -> list[Deadline]:
    """Clocks of this life that are not ended, the most urgent first; one query."""
    clocks = Deadline.objects.live().by_due().filter(obj_id=obj.pk)
    return list(clocks.select_related("rule", "owner_agency"))


def stages_of(obj: LifeModel, lines: list[StepLine]) -> list[Stage]:
    """Where this life is: states passed in order, the present one, and those one move away."""
    passed: list[str] = []
    for line in lines:
        if line.step.from_state and line.step.from_state not in passed and line.moved:
            passed.append(line.step.from_state)
    now = str(obj.state)
    passed = [state for state in passed if state != now]
    following: list[str] = []
    for move in obj.flow.from_state(now):
        if move.to not in {STAY, now, *following, *passed}:
            following.append(move.to)
    label = _labels(obj.flow)
    stages = [(state, "passed") for state in passed] + [(now, "now")]
    return [Stage(label[s], place) for s, place in [*stages, *((s, "next") for s in following)]]


def _labels(flow: Workflow) -> dict[str, Any]:
    return {str(state.value): state.label for state in flow.states}


def astray(model: type[LifeModel]) -> list[tuple[str, UUID, str, str | None]]:
    """(flow, id, state, state after its last step) of rows whose state no step explains; one query."""
    steps = StepRecord.objects.filter(obj_id=OuterRef("pk")).order_by("-seq").values("to_state")
    rows = model.objects.annotate(last=Subquery(steps[:1])).filter(Q(last=None) | ~Q(last=F("state")))
    return [(model.flow.key, *row) for row in rows.values_list("pk", "state", "last").order_by("pk")]


def clocks_started(move: Move) -> list[tuple[str, bool]]:
    """(clock id, only under a condition) of the clocks this move starts."""
    return [(start.clock, start.when is not None) for start in move.start_list]
