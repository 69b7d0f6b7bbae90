"""The only way to open sealed data: first the audit row, then the data, in one transaction.

A failed check is one SealError and an audit row that says so; nothing is ever returned in part.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction

from privacy import envelope, places
from privacy.actors import ActorLike
from privacy.audit import SEAL_ERROR, Action, Purpose, ReadAudit, audit_row, record_read
from privacy.cache import recall, remember
from privacy.errors import SealError
from privacy.fields import SealedField
from privacy.keys import ring
from privacy.request import current

log = logging.getLogger(__name__)
Pair = tuple[Any, Sequence[str]]


def reveal(
    obj: Any, *names: str, actor: ActorLike, purpose: str = Purpose.CASEWORK, action: str = Action.READ
) -> dict[str, Any]:
    """The named sealed fields of one row in the clear, None where empty."""
    return reveal_many([(obj, names)], actor=actor, purpose=purpose, action=action)[0]


def reveal_many(
    pairs: Iterable[Pair], *, actor: ActorLike, purpose: str = Purpose.CASEWORK, action: str = Action.READ
) -> list[dict[str, Any]]:
    """Many rows, in the same order. One audit row per owner and table; one INSERT; one query for all keys."""
    wanted = [(obj, tuple(names)) for obj, names in pairs]
    failure: SealError | None = None
    opened: list[dict[str, Any]] = []
    with transaction.atomic(savepoint=False):
        write_down(wanted, actor=actor, purpose=purpose, action=action)
        try:
            opened = open_rows(wanted)
        except SealError as error:
            failure = error
            _record_failure(wanted, actor=actor, purpose=purpose, action=action)
    if failure:
        raise failure
    return opened


def search_read(
    rows: Iterable[Any],
    names: Sequence[str],
    matches: Callable[[dict[str, Any]], bool],
    *,
    actor: ActorLike,
    model: type[models.Model],
) -> list[Any]:
    """The rows whose opened fields match. What matched is audited per owner; a search without a hit, once."""
    candidates = list(rows)
    with transaction.atomic(savepoint=False):
        opened = open_rows([(row, names) for row in candidates])
        found = [row for row, clear in zip(candidates, opened, strict=True) if matches(clear)]
        pairs = [(row, names) for row in found]
        if found:
            write_down(pairs, actor=actor, purpose=Purpose.SEARCH, action=Action.SEARCH)
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
    return found


def open_rows(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Open without asking who. For this module and for resealing; everybody else calls `reveal`."""
    _fetch_keys(pairs)
    return [{name: _open(obj, name) for name in names} for obj, names in pairs]


def _open(obj: Any, name: str) -> Any:
    held = getattr(obj, name)
    return None if held is None else _sealed_field(obj, name).opened(obj, held)


def _sealed_field(obj: Any, name: str) -> SealedField:
    field = obj._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{name} is not sealed")
    return field


def _fetch_keys(pairs: Sequence[Pair]) -> None:
    kids: dict[str, set[int]] = defaultdict(set)
    for obj, names in pairs:
        for name in names:
            held = getattr(obj, _sealed_field(obj, name).attname)
            if held is not None and held._cipher is not None:
                kids[places.compartment(obj)].add(envelope.kid_of(held._cipher))
    for compartment, wanted in kids.items():
        ring.opening_keys(wanted, compartment)


def write_down(pairs: Iterable[Pair], *, actor: ActorLike, purpose: str, action: str) -> None:
    """One row per owner and table, without what this request has already written down."""
    groups: dict[tuple[UUID, str], tuple[set[UUID], set[str]]] = {}
    reads, fresh = current(), dict[Hashable, bool]()
    for obj, names in pairs:
        owner, table, pk = places.owner(obj), places.table(obj), places.row_id(obj)
        cells = [(actor.user_id, actor.agency_id, owner, table, pk, name, purpose, action) for name in names]
        if reads and all(recall(reads, cell) or cell in fresh for cell in cells):
            continue
        fresh |= dict.fromkeys(cells, True)
        ids, fields = groups.setdefault((owner, table), (set(), set()))
        ids.add(pk)
        fields.update(names)
    ReadAudit.objects.bulk_create(
        audit_row(
            actor=actor,
            action=action,
            owner=owner,
            table=table,
            object_ids=ids,
            fields=fields,
            purpose=purpose,
        )
        for (owner, table), (ids, fields) in groups.items()
    )
    if reads:
        remember(reads, fresh)


def _record_failure(pairs: Sequence[Pair], *, actor: ActorLike, purpose: str, action: str) -> None:
    """Which rows did not pass their check, for the auditor and the log: ids only."""
    for obj, names in pairs:
        try:
            open_rows([(obj, names)])
        except SealError:
            owner, table, pk = places.owner(obj), places.table(obj), places.row_id(obj)
            log.error("seal_error table=%s id=%s", table, pk)
            audit_row(
                actor=actor,
                action=action,
                owner=owner,
                table=table,
                object_ids=[pk],
                fields=names,
                purpose=purpose,
                outcome=SEAL_ERROR,
            ).save(force_insert=True)
