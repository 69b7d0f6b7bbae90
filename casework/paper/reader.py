"""How a paper comes by sealed data: written down first, as printing; and never what may stand on no paper."""

from collections.abc import Iterable
from typing import Any

from agencies.actor import Actor
from privacy.audit import Action, Purpose
from privacy.errors import NotApproved
from privacy.models import SealedModel
from privacy.purposes import REPORTER
from privacy.reading import asks_proof, reveal_many


class NeverPrinted(Exception):
    """A builder asked for something that stands on no paper: where she is now, or who told us (P15)."""


class Reader:
    """Opens for one actor and one printing."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.guarded = False
        """Something was opened that asks for a proof of the person: an ID number. The file asks for it again."""

    def open(self, row: SealedModel | None, *names: str) -> dict[str, Any]:
        """The named fields in the clear; nothing at all where there is no row."""
        return self.open_all([row], *names)[0] if row is not None else {}

    def may_open(self, row: Any) -> bool:
        """Whether this actor has the leave that a minor's data needs (MNR 36); other rows need none."""
        try:
            type(row).require_leave([row], actor=self.actor, purpose=Purpose.DOCUMENT)
        except NotApproved:
            return False
        return True

    def open_all(self, rows: Iterable[Any], *names: str) -> list[dict[str, Any]]:
        """The named fields of many rows, in their order."""
        wanted = [(row, names) for row in rows]
        for row, _names in wanted:
            if row.compartment == REPORTER or row.never_printed & set(names):
                raise NeverPrinted(f"{type(row).__name__}: {', '.join(names)}")
        self.guarded |= any(asks_proof(row, names) for row, names in wanted)
        return reveal_many(wanted, actor=self.actor, purpose=Purpose.DOCUMENT, action=Action.PRINT)
