"""After a restore: the register's chains go on from an older row than was signed, and a signed anchor says so.

An anchor is a checkpoint with `restored` in it: the backup's time, the last checkpoint the backup holds (`kept`), and the
last rows that the sink knows. What was signed after the backup was made and before the anchor is not asked for any more,
and named as a gap; everything else is judged as ever, so a cut from before the backup or after the restore still shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from privacy.actors import KEEPER
from privacy.audit import Action, Purpose, record_read
from privacy.chainrows import AuditCheckpoint, AuditLink
from privacy.checkpoints import Heads, Signed, alone, keep, kept

MARGIN = timedelta(minutes=1)
"""A checkpoint this little older than the backup may have been written while the backup began."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that stood in a chain before the restore: nothing of them is left but what was signed of their end."""

    chain: UUID
    first: int
    last: int
    restored: str

    def __str__(self) -> str:
        rows = f"rows {self.first}..{self.last} are only in the exported checkpoints"
        return f"restored from backup at {self.restored} chain={self.chain}: {rows}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one restore said of itself."""

    number: int
    kept: int
    at: str
    backup: datetime
    present: dict[UUID, int]
    known: dict[UUID, int]

    @classmethod
    def of(cls, signed: Signed) -> "Anchor | None":
        if (told := signed.told.get("restored")) is None:
            return None
        return cls(
            signed.number, told["kept"], signed.told["at"], datetime.fromisoformat(told["backup"]),
            {chain: seq for chain, seq, _mac in signed.heads()},
            {UUID(chain): seq for chain, seq in told["known"].items()},
        )  # fmt: skip

    def covers(self, one: Signed) -> bool:
        """Signed between the backup and the restore: the backup cannot hold it."""
        made = datetime.fromisoformat(one.told["at"])
        return self.kept < one.number < self.number and made > self.backup - MARGIN


class Anchors:
    """All restores that the checkpoints tell of. Only genuine checkpoints may be handed over."""

    def __init__(self, checkpoints: Iterable[Signed]) -> None:
        self.genuine = list(checkpoints)
        self.all = [anchor for anchor in map(Anchor.of, self.genuine) if anchor]

    def asked_for(self, one: Signed) -> Iterator[tuple[UUID, int, bytes]]:
        """The heads of this checkpoint that must still be there."""
        over = [anchor for anchor in self.all if anchor.covers(one)]
        for chain, seq, mac in one.heads():
            if all(seq <= anchor.present.get(chain, 0) for anchor in over):
                yield chain, seq, mac

    def lost(self, one: Signed) -> bool:
        """Of a time that a restore has set back."""
        return any(anchor.covers(one) for anchor in self.all)

    def missing_numbers(self) -> set[int]:
        """Numbers of checkpoints that went with the restored database; where they were sent to, they still are."""
        return {number for one in self.all for number in range(one.kept + 1, one.number)}

    def gaps(self) -> Iterator[Gap]:
        for anchor in self.all:
            last = dict(anchor.known)
            for one in self.genuine:
                if anchor.covers(one):
                    last |= {chain: max(seq, last.get(chain, 0)) for chain, seq, _mac in one.heads()}
            for chain, seq in sorted(last.items()):
                if seq > (present := anchor.present.get(chain, 0)):
                    yield Gap(chain, present + 1, seq, anchor.at)


@transaction.atomic
def reanchor(now: datetime, *, backup: datetime, sent: Sequence[Signed]) -> list[Gap]:
    """Sign where the restored chains end and what the sink knows beyond; a row of the register; the gaps it names.

    Before anything else is written or chained: what the links say now is what the backup held.
    """
    alone()
    last = max(kept(), key=lambda one: one.number, default=None)
    held = last.number if last else 0
    beyond = [one for one in sent if one.is_ours() and one.number > held]
    newest = max(beyond, key=lambda one: one.number, default=last)
    known: dict[str, int] = {}
    for one in beyond:
        for chain, seq, _mac in one.heads():
            known[str(chain)] = max(seq, known.get(str(chain), 0))
    told: dict[str, Any] = {"backup": backup.isoformat(), "kept": held, "known": known}
    made = keep(now, newest, _present(), restored=told)
    record_read(
        actor=KEEPER, action=Action.RESTORE, owner=None, table=AuditCheckpoint._meta.db_table, object_ids=[],
        fields=[f"number {made.number}", f"kept {held}"], purpose=Purpose.SYSTEM,
    )  # fmt: skip
    return list(Anchors([made]).gaps())


def _present() -> Heads:
    """The last link of every chain: the table of heads is only a convenience."""
    rows = AuditLink.objects.order_by("chain", "-seq").distinct("chain").values_list("chain", "seq", "mac")
    return {str(chain): [seq, bytes(mac).hex()] for chain, seq, mac in rows}
