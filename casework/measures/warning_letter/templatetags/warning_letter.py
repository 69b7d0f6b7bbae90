"""What the templates of a letter ask for."""

from django import template

from agencies.actor import Actor
from casework.measures.warning_letter.duties import is_duty
from casework.measures.warning_letter.models import WarningLetter
from workflow.engine import OpenMove, open_moves
from workflow.forms import MoveForm, move_form
from workflow.table import Move

register = template.Library()
SHORT = 2  # as many fields as a row of the inbox has room for


@register.simple_tag
def letter_moves(letter: WarningLetter, actor: Actor | None) -> dict[str, list[OpenMove]]:
    """What is owed now stands first; what may be done besides is folded away."""
    if actor is None:
        return {"main": [], "others": []}
    found = open_moves(letter, actor)
    owed = [one for one in found if is_duty(letter, one.move.name, actor)]
    return {"main": owed, "others": [one for one in found if one not in owed]}


@register.simple_tag
def short_form(letter: WarningLetter, move: Move, actor: Actor) -> MoveForm | None:
    """The form itself where it is short enough to stand in a row; the time it happened is asked on its page."""
    if move.danger or not 0 < len(move.takes) <= SHORT:
        return None
    form = move_form(letter, move, actor)
    form.auto_id = f"{letter.pk}-{move.name}-%s"
    return form
