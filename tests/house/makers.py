"""How to make one object of each life, for the laws that hold over all tables.

A room adds one line: flow key -> function(state) giving a saved object in that state. `in_state` makes it
from a function that gives the object in its first state.
"""

from collections.abc import Callable
from typing import Any

from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from workflow.models import LifeModel

Maker = Callable[[str], LifeModel]


def in_state(make: Callable[[], Any]) -> Maker:
    return lambda state: force_state(make(), state)


MAKERS: dict[str, Maker] = {
    "errand": in_state(an_errand),
}
