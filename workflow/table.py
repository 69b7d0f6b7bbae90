"""The grammar: a life is a table. A table that cannot be lived is refused when it is imported."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from agencies.who import Who
from workflow.rules import is_clock

Text = str | Promise

# A move whose `to` is STAY records something and leaves the state as it is (a visit, a notice received).
STAY = "="

# Names that `perform` and the page of a move use themselves.
RESERVED = frozenset(
    {"obj", "name", "actor", "at", "rev", "key", "now", "state", "id", "happened_day", "happened_time"}
)


class TableError(Exception):
    """A workflow table that cannot be right: unknown state, unreachable state, unknown clock ..."""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition of a move, in words a worker can act on. `law` is a rule id of docs/law."""

    name: str
    why: Text
    test: Callable[[Any], bool]
    law: str = ""


def need(why: Text, law: str = "") -> Callable[[Callable[[Any], bool]], Need]:
    """Turn a predicate over the object into a named need."""
    return lambda test: Need(test.__name__, why, test, law)


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a move asks for that is no column: it is kept, sealed, in the step record.

    `kind`: text, line, choice, flag, date, number. `required=False` may stay empty.
    """

    name: str
    label: Text
    kind: str = "text"
    choices: tuple[tuple[str, Text], ...] = ()
    required: bool = True
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A clock that a move starts: `when` says for which objects, `until` names a field with a fixed end."""

    clock: str
    when: Callable[[Any], bool] | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a life.

    `takes`: names of model fields, a trailing `?` marks an optional one, or `Ask`s.
    `starts`/`stops`: clock ids. `drops`: clocks that lose their point: no verdict, unless already overdue.
    `does`: effects, called as effect(step). `asks_when`: the form asks when. `proof`: on the page a fresh proof of the
    person is asked for first (agencies/step_up.py).
    """

    name: str
    button: Text
    frm: tuple[str, ...]
    to: str
    who: Who
    needs: tuple[Need, ...] = ()
    takes: tuple[str | Ask, ...] = ()
    starts: tuple[str | Start, ...] = ()
    stops: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    does: tuple[Callable[[Any], None], ...] = ()
    law: str = ""
    hint: Text = ""
    asks_when: bool = True
    danger: bool = False
    proof: bool = False

    def target(self, state: str) -> str:
        """The state this move leads to from `state`."""
        return state if self.to == STAY else self.to

    @property
    def start_list(self) -> tuple[Start, ...]:
        return tuple(s if isinstance(s, Start) else Start(s) for s in self.starts)

    @property
    def fields(self) -> tuple[tuple[str, bool], ...]:
        """(field name, required) of the takes that are columns."""
        return tuple((t.rstrip("?"), not t.endswith("?")) for t in self.takes if isinstance(t, str))

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(t for t in self.takes if isinstance(t, Ask))


@dataclass(frozen=True)
class Workflow:
    """A whole life. `opening` is the row from nothing to the first state; `fires`: clock -> the move it makes."""

    key: str
    label: Text
    states: type[models.TextChoices]
    opening: Move
    moves: list[Move]
    fires: Mapping[str, str] = field(default_factory=dict)
    final: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    @property
    def start(self) -> str:
        return self.opening.to

    def move(self, name: str) -> Move:
        if name == self.opening.name:
            return self.opening
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(f"{self.key} has no move {name}")

    def from_state(self, state: str) -> list[Move]:
        return [move for move in self.moves if state in move.frm]


def _check(flow: Workflow) -> None:
    """Refuse, at import, a table that contradicts itself."""
    states = set(flow.states.values)
    names = [move.name for move in [flow.opening, *flow.moves]]
    wrong: list[str] = [f"duplicate move {n}" for n in sorted({n for n in names if names.count(n) > 1})]
    if flow.opening.frm:
        wrong.append("the opening move has a source state")
    for move in [flow.opening, *flow.moves]:
        wrong += [f"{move.name}: unknown state {s}" for s in {*move.frm, move.to} - states - {STAY}]
        taken = {name for name, _required in move.fields} | {ask.name for ask in move.asks}
        wrong += [f"{move.name}: takes the reserved name {n}" for n in sorted(taken & RESERVED)]
        clocks = [s.clock for s in move.start_list] + [*move.stops, *move.drops]
        wrong += [f"{move.name}: unknown clock {c}" for c in clocks if not is_clock(c)]
    wrong += [f"{clock} fires unknown move {name}" for clock, name in flow.fires.items() if name not in names]
    wrong += [f"unknown clock {clock} fires" for clock in flow.fires if not is_clock(clock)]
    wrong += [f"unreachable state {s}" for s in sorted(states - _reachable(flow))]
    wrong += [f"no way out of {s}, and it is not final" for s in _stuck(flow)]
    if wrong:
        raise TableError(f"{flow.key}: " + "; ".join(wrong))


def _reachable(flow: Workflow) -> set[str]:
    seen, todo = set[str](), [flow.start]
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo += [move.target(state) for move in flow.from_state(state)]
    return seen


def _stuck(flow: Workflow) -> list[str]:
    ways_out = {s for move in flow.moves if move.to != STAY for s in move.frm if s != move.to}
    return [s for s in flow.states.values if s not in ways_out and s not in flow.final]
