"""How a move can be refused. No message here holds personal data: only names of moves, states and needs."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from privacy.errors import StaleRow
from workflow.table import Move, Need

if TYPE_CHECKING:
    from workflow.engine import OpenMove
    from workflow.forms import MoveForm

__all__ = ["BadTakes", "KeyReused", "NotAllowed", "NotNow", "NotVisible", "Refused", "StaleEdit", "Unmet"]


class NotVisible(Http404):
    """The object is absent or foreign; nobody is told which."""


class NotAllowed(PermissionDenied):
    """This actor may see the object but may not make this move."""


class Refused(Exception):
    """A move that cannot be made as asked. `obj` is the object as it stands now; nothing was written."""

    def __init__(self, obj: Any, move: Move, open_moves: "list[OpenMove]", detail: str = "") -> None:
        super().__init__(f"{type(obj).__name__}.{move.name}: {detail or type(self).__name__}")
        self.obj, self.move, self.open_moves = obj, move, open_moves

    @property
    def state(self) -> str:
        return str(self.obj.state)


class NotNow(Refused):
    """The row of this move does not name the present state."""


class Unmet(Refused):
    """Conditions of the move are not met; `needs` are all of them, each with its reason and article."""

    def __init__(self, obj: Any, move: Move, open_moves: "list[OpenMove]", needs: list[Need]) -> None:
        super().__init__(obj, move, open_moves, ", ".join(need.name for need in needs))
        self.needs = needs


class KeyReused(Refused):
    """The idempotency key already stands for another step."""


class StaleEdit(Refused, StaleRow):
    """Somebody changed the object since the form was drawn."""


class BadTakes(Exception):
    """What was given has the wrong shape; `form` carries the errors and what was typed."""

    def __init__(self, obj: Any, move: Move, form: "MoveForm") -> None:
        super().__init__(f"{type(obj).__name__}.{move.name}: {', '.join(sorted(form.errors))}")
        self.obj, self.move, self.form = obj, move, form
