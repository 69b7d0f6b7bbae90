"""Files under an older data key, written anew in full and put in the old one's place in one step."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from privacy.errors import SealError
from privacy.files import folder, kid_of_file, reseal_file
from privacy.keyrows import DataKey, KeyState
from privacy.rotation.sweep import Done

log = logging.getLogger(__name__)


@dataclass
class FilesPart:
    compartment: str
    name: str = field(default="files", init=False)

    def count(self) -> int:
        return sum(1 for _ in self._old(""))

    def batch(self, after: str, size: int) -> Done:
        """A file is no row: what was moved before a crash stays moved, and is not found again."""
        found = [file for file, _ in zip(self._old(after), range(max(1, size // 50)), strict=False)]
        moved = bad = 0
        for file in found:
            try:
                moved += reseal_file(file, self.compartment)
            except SealError:
                log.error("seal_error file=%s", file)
                bad += 1
        return Done(moved, bad, str(found[-1]) if found else None)

    def _old(self, after: str) -> Iterator[UUID]:
        rows = DataKey.objects.filter(compartment=self.compartment).exclude(state=KeyState.PRIMARY)
        kids = set(rows.values_list("id", flat=True))
        for name in sorted(path.name for path in folder().glob("*") if not path.suffix):
            if name > after and kid_of_file(UUID(name)) in kids:
                yield UUID(name)
