"""The only way to open sealed data: first the audit row, then the data.

A failed check is one SealError and an audit row that says so; nothing is ever returned in part.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import models

from privacy.actors import ActorLike
from privacy.audit import Action, Outcome, Purpose, record_read, write_reads
from privacy.cache import recall, remember
from privacy.envelope import DataCipher, kid_of
from privacy.errors import ForeignKey, ProofNeeded, SealError
from privacy.fields import SealedField
from privacy.keys import ring
from privacy.places import Place
from privacy.request import current
from privacy.sealed import Sealed

log = logging.getLogger(__name__)
Pair = tuple[Any, Sequence[str]]
Placed = tuple[Place, Any, tuple[str, ...]]
Keys = dict[str, dict[int, DataCipher]]


def reveal(
    obj: Any, *names: str, actor: ActorLike, purpose: str = Purpose.CASEWORK, action: str = Action.READ
) -> dict[str, Any]:
    """The named sealed fields of one row in the clear, None where empty."""
    return reveal_many([(obj, names)], actor=actor, purpose=purpose, action=action)[0]


def reveal_many(
    pairs: Iterable[Pair], *, actor: ActorLike, purpose: str = Purpose.CASEWORK, action: str = Action.READ
) -> list[dict[str, Any]]:
    """Many rows, in the same order. One audit row per owner and table; one INSERT; one query for all keys.

    The INSERT is in the caller's transaction, or is one by itself: then it stands before anything is opened.
    """
    rows = placed(pairs)
    _require_leave([row for _place, row, _names in rows], actor, purpose)
    _require_proof(rows)
    write_down(rows, actor=actor, purpose=purpose, action=action)
    try:
        return open_rows(rows)
    except SealError:
        _record_failure(rows, actor=actor, purpose=purpose, action=action)
        raise


def _require_leave(rows: list[Any], actor: ActorLike, purpose: str) -> None:
    """Each kind of row says itself whether reading it needs a leave; refused before anything is written or opened."""
    kinds: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    for kind, same in kinds.items():
        live = getattr(kind, "instance_type", kind)  # an old version is read like the row it was
        live.require_leave(same, actor=actor, purpose=purpose)


def _require_proof(rows: Sequence[Placed]) -> None:
    """On a page, a filled column that asks for it opens only after a fresh proof of the person; see `ProofNeeded`.

    What runs without a page (a task, a command) was decided, and proved, where it was asked for.
    """
    reads = current()
    if (
        reads is not None
        and reads.proved is False
        and any(asks_proof(row, names) for _place, row, names in rows)
    ):
        raise ProofNeeded


def asks_proof(row: Any, names: Sequence[str]) -> bool:
    """Whether one of these columns of this row is filled and opens only after a proof."""
    columns = sealed_columns(cast(Any, type(row)), tuple(names))
    return any(column.asks_proof and getattr(row, column.attname) is not None for column in columns)


def search_read(
    rows: Iterable[Any],
    names: Sequence[str],
    matches: Callable[[dict[str, Any]], bool],
    *,
    actor: ActorLike,
    model: type[models.Model],
) -> list[Any]:
    """The rows whose opened fields match. What matched is audited per owner; a search without a hit, once."""
    candidates = placed((row, names) for row in rows)
    found = [row for row, clear in zip(candidates, open_rows(candidates), strict=True) if matches(clear)]
    if found:
        write_down(found, actor=actor, purpose=Purpose.SEARCH, action=Action.SEARCH)
    else:
        record_read(
            actor=actor,
            action=Action.SEARCH,
            owner=None,
            table=model._meta.db_table,
            object_ids=[],
            fields=names,
            purpose=Purpose.SEARCH,
        )
    return [row for _place, row, _names in found]


def placed(pairs: Iterable[Pair]) -> list[Placed]:
    return [(Place(row), row, tuple(names)) for row, names in pairs]


def open_rows(rows: Sequence[Placed]) -> list[dict[str, Any]]:
    """Open without asking who. For this module alone; everybody else calls `reveal`."""
    found, kids = [], defaultdict[str, set[int]](set)
    for place, row, names in rows:
        cells, model = [], cast(Any, type(row))
        for field in sealed_columns(model, names):
            held: Sealed | None = getattr(row, field.attname)
            kid = None if held is None or held._cipher is None else kid_of(held._cipher)
            if kid is not None:
                kids[place.compartment].add(kid)
            cells.append((field, held, kid))
        found.append((place, cells))
    keys = {compartment: ring.opening_keys(wanted, compartment) for compartment, wanted in kids.items()}
    return [
        {field.attname: _open(place, field, held, kid, keys) for field, held, kid in cells}
        for place, cells in found
    ]


def _open(place: Place, field: SealedField, held: Sealed | None, kid: int | None, keys: Keys) -> Any:
    if held is None:
        return None
    if kid is None:
        return held.clear()
    if (key := keys[place.compartment].get(kid)) is None:
        raise SealError("unknown key")
    return field.opened(place, held, key)


@cache
def sealed_columns(model: type[models.Model], names: tuple[str, ...]) -> tuple[SealedField, ...]:
    """The fields of these names; TypeError where one is not sealed."""
    fields = [model._meta.get_field(name) for name in names]
    if not all(isinstance(field, SealedField) for field in fields):
        raise TypeError(f"not sealed: one of {', '.join(names)}")
    return tuple(field for field in fields if isinstance(field, SealedField))


def write_down(rows: Iterable[Placed], *, actor: ActorLike, purpose: str, action: str) -> None:
    """One row per owner and table, without what this request has already written down."""
    groups: dict[tuple[int, str], tuple[UUID, set[UUID], set[str]]] = {}
    reads, fresh = current(), dict[Hashable, bool]()
    reader = f"{actor.user_id} {actor.agency_id} {purpose} {action}"
    for place, _row, names in rows:
        unread = names
        if reads:
            cells = {name: (place.pk.int, place.table, name, reader) for name in names}
            unread = tuple(
                name for name in names if not recall(reads, cells[name]) and cells[name] not in fresh
            )
            fresh |= dict.fromkeys((cells[name] for name in unread), True)
        if unread:
            _owner, ids, fields = groups.setdefault(
                (place.owner.int, place.table), (place.owner, set(), set())
            )
            ids.add(place.pk)
            fields.update(unread)
    write_reads(
        actor=actor,
        action=action,
        purpose=purpose,
        reads=[(owner, table, ids, fields) for (_int, table), (owner, ids, fields) in groups.items()],
    )
    if reads:
        remember(reads, fresh)


def _record_failure(rows: Sequence[Placed], *, actor: ActorLike, purpose: str, action: str) -> None:
    """Which rows did not pass their check, for the auditor and the log: ids only."""
    for one in rows:
        try:
            open_rows([one])
        except SealError as error:
            place, _row, names = one
            outcome = Outcome.NO_KEY if isinstance(error, ForeignKey) else Outcome.SEAL_ERROR
            log.error("%s table=%s id=%s", outcome.value, place.table, place.pk)
            record_read(
                actor=actor,
                action=action,
                owner=place.owner,
                table=place.table,
                object_ids=[place.pk],
                fields=names,
                purpose=purpose,
                outcome=outcome,
            )
