"""The one door: a life begins here and takes every further step here. One call, one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from agencies.actor import Actor
from agencies.authority import Act, authorize, reads_only
from workflow.clocks import drop_clocks, start_clock, stop_clocks
from workflow.errors import BadTakes, KeyReused, NotAllowed, NotNow, NotVisible, StaleEdit, Unmet
from workflow.forms import MoveForm, move_form, payload_of
from workflow.models import LifeModel, PendingStep, StepRecord
from workflow.state import advance
from workflow.table import Move, Need, Start
from workflow.when import When

__all__ = [
    "BadTakes", "KeyReused", "NotAllowed", "NotNow", "NotVisible", "OpenMove", "StaleEdit", "Unmet",
    "begin", "open_moves", "perform", "perform_posted", "reach",
]  # fmt: skip

Life = TypeVar("Life", bound=LifeModel)


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move the table allows this actor now; `unmet` are the conditions that still fail."""

    move: Move
    unmet: list[Need] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Fails now and cannot be mended by filling in the form, since it asks for nothing."""
        return bool(self.unmet) and not self.move.takes


@dataclass(frozen=True, slots=True)
class _Wish:
    """One attempt, from code (`posted` False: only given takes are asked) or from a browser."""

    actor: Actor
    data: Mapping[str, Any]
    now: datetime
    at: When | None = None
    rev: int | None = None
    key: str | None = None
    files: Mapping[str, Any] | None = None
    posted: bool = False

    def form(self, obj: LifeModel, move: Move) -> MoveForm:
        given = None if self.posted else self.data
        form = move_form(obj, move, self.actor, self.data, self.files, now=self.now, given=given)
        if self.at and self.at.earliest and self.at.earliest > self.now:
            form.refuse_future()
        if not form.is_valid():
            raise BadTakes(obj, move, form)
        return form


def open_moves(obj: LifeModel, actor: Actor) -> list[OpenMove]:
    """What this actor could do with the object as it stands in memory; asks the database nothing itself."""
    if reads_only(actor, obj):
        return []
    moves = [move for move in obj.flow.from_state(obj.state) if move.who(actor, obj)]
    return [OpenMove(move, _unmet(obj, move)) for move in moves]


def perform(
    obj: LifeModel,
    name: str,
    *,
    actor: Actor,
    at: When | None = None,
    rev: int | None = None,
    key: str | None = None,
    now: datetime | None = None,
    **takes: Any,
) -> StepRecord:
    """Make one move. `at`: when it happened (default now). `key`: the same key again returns the first step.

    Raises NotVisible, StaleEdit, NotNow, NotAllowed, BadTakes, Unmet; then nothing was written.
    """
    move = obj.flow.move(name)
    if unknown := takes.keys() - _names(move):
        raise TypeError(f"{obj.flow.key}.{name} does not take {', '.join(sorted(unknown))}")
    wish = _Wish(actor, takes, now or timezone.now(), at, rev, key)
    return _perform(obj, move, wish)


def perform_posted(
    obj: LifeModel,
    name: str,
    *,
    actor: Actor,
    data: Mapping[str, Any],
    files: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> StepRecord:
    """The same with what a browser sent: the form also holds rev, key and the time it happened."""
    rev, key = str(data.get("rev", ""))[:9], str(data.get("key", ""))[:64]
    number = int(rev) if rev.isascii() and rev.isdigit() else None
    wish = _Wish(actor, data, now or timezone.now(), rev=number, key=key or None, files=files, posted=True)
    return _perform(obj, obj.flow.move(name), wish)


@transaction.atomic
def begin(
    Model: type[Life],
    *,
    actor: Actor,
    at: When | None = None,
    key: str | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Life:
    """The opening move: a new object in the first state. `fields`: columns (e.g. case=...) and answers."""
    move, taken = Model.flow.opening, _names(Model.flow.opening)
    wish = _Wish(actor, {k: v for k, v in fields.items() if k in taken}, now or timezone.now(), at, key=key)
    obj = Model(**{k: v for k, v in fields.items() if k not in taken})
    if earlier := _earlier(move, wish):
        if (earlier.flow, earlier.move, earlier.actor_user) != (Model.flow.key, move.name, actor.user_id):
            raise KeyReused(obj, move, [])
        return reach(Model, earlier.obj_id, actor)
    form = _check(obj, move, wish)
    _apply(obj, move, wish, "", form)
    return obj


@transaction.atomic
def _perform(obj: LifeModel, move: Move, wish: _Wish) -> StepRecord:
    life = reach(type(obj), obj.pk, wish.actor, lock=True)
    if earlier := _earlier(move, wish):
        if (earlier.obj_id, earlier.move, earlier.actor_user) != (obj.pk, move.name, wish.actor.user_id):
            raise KeyReused(life, move, open_moves(life, wish.actor))
        _mirror(life, obj)
        return earlier
    if life.state not in move.frm:
        raise NotNow(life, move, open_moves(life, wish.actor))
    if wish.rev is not None and wish.rev != life.rev:
        raise StaleEdit(life, move, open_moves(life, wish.actor))
    from_state = str(life.state)
    form = _check(life, move, wish)
    advance(life, move)
    step = _apply(life, move, wish, from_state, form)
    _mirror(life, obj)
    return step


def reach(model: type[Life], pk: UUID, actor: Actor, *, lock: bool = False) -> Life:
    """The row as it stands now, if this actor may know of it."""
    rows = model.objects.visible_to(actor).filter(pk=pk)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found: Life | None = next(iter(rows[:1]), None)
    if found is None:
        raise NotVisible
    return found


def _earlier(move: Move, wish: _Wish) -> StepRecord | None:
    """The step this key already stands for. Equal keys wait for each other."""
    if wish.key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [wish.key])
    return StepRecord.objects.filter(key=wish.key).first()


def _check(life: LifeModel, move: Move, wish: _Wish) -> MoveForm:
    """Who, then shape, then law. Afterwards the takes are set on the object in memory."""
    _may(wish.actor, life)
    if not move.who(wish.actor, life):
        raise NotAllowed
    form = wish.form(life, move)
    at = wish.at or form.happened()
    life.moment = at.earliest or at.latest or wish.now
    _take(life, move, form)
    if unmet := _unmet(life, move):
        raise Unmet(*_as_it_stands(life, move, wish.actor), unmet)
    return form


def _may(actor: Actor, life: LifeModel) -> None:
    """The row was reached through its scope, or is new: what is left of the one decision is on which ground."""
    try:
        authorize(actor, Act.WRITE, life, reached=True)
    except PermissionDenied:
        raise NotAllowed from None


def _take(life: LifeModel, move: Move, form: MoveForm) -> None:
    """Set what was given; what the columns and constraints of the model refuse is a fault of the form."""
    life.asked = form.answers()
    columns = form.columns()
    for name, value in columns.items():
        setattr(life, name, value)
    others = {f.name for f in life._meta.fields} - columns.keys()
    try:
        life.clean_fields(exclude=others)
        if columns:
            life.validate_constraints(exclude=others)
    except ValidationError as wrong:
        form.add_errors(wrong)
        raise BadTakes(life, move, form) from None


def _unmet(life: LifeModel, move: Move) -> list[Need]:
    return [need for need in move.needs if not need.test(life)]


def _as_it_stands(life: LifeModel, move: Move, actor: Actor) -> tuple[LifeModel, Move, list[OpenMove]]:
    """The object without what was being tried on it, for the answer to a refusal."""
    if life._state.adding:
        return life, move, []
    fresh = reach(type(life), life.pk, actor)
    return fresh, move, open_moves(fresh, actor)


def _apply(life: LifeModel, move: Move, wish: _Wish, from_state: str, form: MoveForm) -> StepRecord:
    """Write the new state with its history, the step, the clocks and what the move causes."""
    _announce(life, from_state)
    life.acting(wish.actor)
    life.save()
    step = _record(life, move, wish, from_state, form)
    stop_clocks(life, move.stops, step.when, wish.now)
    drop_clocks(life, move.drops, step.when, wish.now)
    for start in move.start_list:
        _start(life, start, step.when, wish.now)
    for effect in move.does:
        effect(step)
    return step


def _announce(life: LifeModel, from_state: str) -> None:
    """Tell the trigger that guards the state column which row may change now, from what to what."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('huhang.move', %s, true)", [f"{life.pk}:{from_state}:{life.state}"])


def _start(life: LifeModel, start: Start, at: When, now: datetime) -> None:
    if start.when is None or start.when(life):
        until = getattr(life, start.until) if start.until else None
        start_clock(life, start.clock, at, now=now, until=until)


def _record(life: LifeModel, move: Move, wish: _Wish, from_state: str, form: MoveForm) -> StepRecord:
    at = wish.at or form.happened()
    least, most = at.offsets or (None, None)
    step = StepRecord(
        flow=life.flow.key,
        obj_id=life.pk,
        subject_id=life.subject_id,
        move=move.name,
        from_state=from_state,
        to_state=life.state,
        actor_user=wish.actor.user_id,
        actor_role=wish.actor.role,
        actor_agency=wish.actor.agency_id,
        recorded_at=wish.now,
        happened_from=at.earliest,
        happened_to=at.latest,
        offset_least=least,
        offset_most=most,
        precision=at.precision,
        obj_rev=life.rev,
        facts=life.facts(),
        payload=payload_of(life.asked) or None,
        key=wish.key,
    )
    step.save(force_insert=True)
    PendingStep.objects.create(step=step)
    step.obj, step.actor, step.asked = life, wish.actor, life.asked
    return step


def _mirror(life: LifeModel, obj: LifeModel) -> None:
    """Bring the caller's object up to the written one. Before this it is left as it was."""
    life.__dict__.pop("asked", None)
    life.__dict__.pop("moment", None)
    obj.__dict__.clear()
    obj.__dict__.update(life.__dict__)


def _names(move: Move) -> set[str]:
    return {name for name, _required in move.fields} | {ask.name for ask in move.asks}
