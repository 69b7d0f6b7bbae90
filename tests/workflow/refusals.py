"""How a move is held back before anybody fills in its form, and by the form itself."""

from collections.abc import Callable

import pytest

from agencies.actor import Actor
from workflow.engine import BadTakes, open_moves
from workflow.models import LifeModel


def missing(obj: LifeModel, move: str, actor: Actor) -> list[str]:
    """The needs that the object, as it stands in memory, does not meet for this move."""
    return [need.name for found in open_moves(obj, actor) if found.move.name == move for need in found.unmet]


def wrong_fields(act: Callable[[], object]) -> list[str]:
    """The fields at which the form refuses."""
    with pytest.raises(BadTakes) as refused:
        act()
    return list(refused.value.form.errors)
