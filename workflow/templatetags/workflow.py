"""What a panel says about a life: its open moves, clocks, steps, and where it stands."""

from typing import Any

from django import template
from django.utils import timezone

from agencies.actor import Actor
from workflow import selectors
from workflow.engine import OpenMove, open_moves
from workflow.forms import MoveForm, move_form
from workflow.models import Deadline, LifeModel
from workflow.replies import move_url
from workflow.rules import rule_data
from workflow.table import Move

register = template.Library()


@register.simple_tag(name="open_moves")
def _open_moves(obj: LifeModel, actor: Actor | None) -> list[OpenMove]:
    return open_moves(obj, actor) if actor else []


@register.simple_tag
def url_of(obj: LifeModel, move: Move) -> str:
    return move_url(obj, move)


@register.simple_tag
def quick_form(obj: LifeModel, move: Move, actor: Actor) -> MoveForm | None:
    """A move that asks for nothing is one button; its form holds the revision and a key."""
    return None if move.takes or move.danger else move_form(obj, move, actor)


@register.simple_tag
def clocks_of(move: Move) -> list[dict[str, Any]]:
    """What a button starts: the name of each clock, and whether it starts only in some cases."""
    started = selectors.clocks_started(move)
    return [{"label": rule_data(clock).label, "maybe": maybe} for clock, maybe in started]


@register.simple_tag
def steps_of(obj: LifeModel) -> list[selectors.StepLine]:
    return selectors.steps_of(obj)


@register.simple_tag
def deadlines_of(obj: LifeModel) -> list[Deadline]:
    return selectors.deadlines_of(obj)


@register.simple_tag
def stages_of(obj: LifeModel, lines: list[selectors.StepLine]) -> list[selectors.Stage]:
    return selectors.stages_of(obj, lines)


@register.filter
def urgency(deadline: Deadline) -> str:
    """met, overdue, soon or nothing, for the look of a clock."""
    if deadline.state == Deadline.State.MET:
        return "met"
    now = timezone.now()
    if deadline.due_at and deadline.due_at < now:
        return "overdue"
    return "soon" if deadline.level else ""
