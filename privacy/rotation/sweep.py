"""Batches, one transaction each, until nothing is left: the same for rows, files, keys and tags."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from privacy.errors import KeyRingError
from privacy.keyrows import RotationJob

BATCH = 500
PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Done:
    """What one batch did. `last`: the key of its last row, None where there was no row any more."""

    moved: int = 0
    bad: int = 0
    last: str | None = None


class Part(Protocol):
    """One table (or folder) of a sweep, in the order of its keys. Rows that others have locked are passed over."""

    name: str

    def count(self) -> int:
        """What is still old here: proof, not bookkeeping."""
        ...

    def batch(self, after: str, size: int) -> Done: ...


def sweep(
    job: RotationJob, parts: Sequence[Part], tell: Callable[[str], None], size: int | None = None
) -> None:
    """Pass over the parts until all count 0. Every batch writes the job's progress in its own transaction."""
    while counted := [(part, old) for part in parts if (old := part.count())]:
        left = sum(old for _, old in counted)
        job.total = job.done + left
        moved, bad = _one_pass(job, [part for part, _ in counted], tell, size or BATCH)
        if not moved:
            if bad >= left:
                raise KeyRingError(
                    f"{bad} rows or files do not pass their check (see the register): the old key is kept."
                )
            time.sleep(PAUSE)
    tell(f"{job.phase}: 0 left")


def _one_pass(
    job: RotationJob, parts: Sequence[Part], tell: Callable[[str], None], size: int
) -> tuple[int, int]:
    moved = bad = 0
    names = [part.name for part in parts]
    for part in parts[names.index(job.table) if job.table in names else 0 :]:
        if job.table != part.name:
            job.table, job.cursor = part.name, ""
        while (done := _batch(job, part, size)).last is not None:
            moved, bad = moved + done.moved, bad + done.bad
            tell(f"{job.phase} {part.name}: {job.done} of {job.total}")
    job.table = job.cursor = ""
    job.save()
    return moved, bad


@transaction.atomic
def _batch(job: RotationJob, part: Part, size: int) -> Done:
    done = part.batch(job.cursor, size)
    job.done += done.moved
    job.cursor = done.last or ""
    job.save()
    return done
