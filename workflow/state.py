"""The guarded state column. The only module that knows django-fsm-2.

Its traps and what is done here: constructor arguments forge states (refused for every life); a failed
`refresh_from_db` unlocks the field for the whole process (here a mark on the one object); `update()` and
`bulk_create()` pass every Python guard (a database trigger stands behind, see operations.GuardState).
"""

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMFieldDescriptor, TransitionNotAllowed, transition

from workflow.table import STAY, Move, Workflow

__all__ = ["Guarded", "StateField", "TransitionNotAllowed", "advance"]

LENGTH = 32


class _Descriptor(FSMFieldDescriptor):
    def __set__(self, instance: models.Model, value: Any) -> None:
        if self.field.name in instance.__dict__ and "_reloading" not in instance.__dict__:
            raise AttributeError("The state changes only through a move: perform(obj, move, actor=...)")
        instance.__dict__[self.field.name] = value


class StateField(FSMField):
    """`state = StateField(FLOW)`. In migrations and in history tables it is a plain CharField."""

    descriptor_class: type[Any] = _Descriptor

    def __init__(self, flow: Workflow) -> None:
        self.flow = flow
        super().__init__(
            _("State"),
            max_length=LENGTH,
            choices=flow.states.choices,
            default=flow.start,
            protected=True,
            editable=False,
        )
        self.machine = {move.name: _transition(self, move) for move in flow}

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        kwargs = {"max_length": LENGTH, "default": str(self.flow.start), "editable": False}
        return self.name, "django.db.models.CharField", [], kwargs

    def clone(self) -> "models.CharField[str, str]":
        _name, _path, args, kwargs = self.deconstruct()
        return models.CharField(*args, **kwargs)

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False, **kwargs: Any
    ) -> None:
        if not issubclass(cls, Guarded):
            self.descriptor_class = DeferredAttribute
        super().contribute_to_class(cls, name, private_only, **kwargs)


def _transition(field: StateField, move: Move) -> Any:
    def step(obj: models.Model) -> None:
        """The table says everything; there is nothing to do here."""

    step.__name__ = move.name
    target = None if move.to == STAY else move.to
    return transition(field=field, source=list(move.frm), target=target)(step)


class Guarded(models.Model):
    """A model with a guarded `state`: no constructor argument, no assignment; reloading works."""

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "state" in kwargs:
            raise TypeError("A life begins in the first state of its table: begin(Model, actor=...)")
        super().__init__(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__["_reloading"] = True
        try:
            super().refresh_from_db(*args, **kwargs)
        finally:
            self.__dict__.pop("_reloading", None)


def advance(obj: Any, move: Move) -> None:
    """Change the state in memory as the row of the table says; only the engine calls this."""
    obj._meta.get_field("state").machine[move.name](obj)
