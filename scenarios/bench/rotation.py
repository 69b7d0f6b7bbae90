"""Everything under new data keys, against decrypting and encrypting the same cells with two bare keys."""

import os
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from casework.models import Person
from privacy.keyrows import DataKey
from privacy.purposes import VICTIM
from privacy.rotation.jobs import DATA, Run, renew, start
from privacy.rotation.tables import SealedPart
from privacy.suites import DEFAULT
from scenarios.bench.fill import Tell
from scenarios.bench.race import Row, Times, timed

SIZE = 500
MAKE = "CREATE TEMPORARY TABLE raw (id uuid PRIMARY KEY, cells bytea[])"
FILL = "INSERT INTO raw SELECT id, %s::bytea[] FROM casework_person"
TAKE = "SELECT id, cells FROM raw WHERE id > %s ORDER BY id LIMIT %s"
PUT = "UPDATE raw SET cells = v.cells FROM (SELECT %s::uuid AS id, %s::bytea[] AS cells) AS v WHERE raw.id = v.id"


def rows(tell: Tell) -> Iterator[Row]:
    part = SealedPart(Person, VICTIM)
    bare = _Bare(len(part.fields))
    people, keys = Person.objects.count(), DataKey.objects.filter(compartment=VICTIM).count()
    ours, raw, renewed = [], [], []
    for number in range(2):
        tell(f"rotating {people:,} people, {keys:,} cases")
        raw.append(timed(lambda _n: bare.again(), number))
        job = start(DATA, VICTIM, DEFAULT.number)
        run = Run(job, lambda _text: None)
        renewed.append(timed(lambda _n: renew(run), number))  # noqa: B023
        ours.append(timed(lambda _n: run.sweep(part), number))  # noqa: B023
        job.delete()
    per_thousand = [[took * 1000 / people for took in times] for times in (ours, raw)]
    yield Row(
        "A thousand rows sealed anew, live", Times.of(per_thousand[0]), Times.of(per_thousand[1]),
        note=f"{people / min(ours):,.0f} rows/s against {people / min(raw):,.0f}; {len(part.fields)} sealed columns. "
        "Plain: the same number of cells, one key, no place, no lock, no register, no proof.",
    )  # fmt: skip
    yield Row(
        "A thousand new data keys", Times.of([took * 1000 / keys for took in renewed]),
        note=f"{keys / min(renewed):,.0f} keys/s.",
    )  # fmt: skip


class _Bare:
    """A table of cells under one key; each time they are put under another."""

    def __init__(self, columns: int) -> None:
        self.old = AESGCM(os.urandom(32))
        nonce = os.urandom(12)
        cell = nonce + self.old.encrypt(nonce, bytes(64), b"")
        with connection.cursor() as cursor:
            cursor.execute(MAKE)
            cursor.execute(FILL, [[cell] * columns])

    def again(self) -> None:
        new, last = AESGCM(os.urandom(32)), "00000000-0000-0000-0000-000000000000"
        with connection.cursor() as cursor:
            while True:
                cursor.execute(TAKE, [last, SIZE])
                found = cursor.fetchall()
                if not found:
                    break
                last = found[-1][0]
                cursor.executemany(PUT, [(pk, self._under(new, cells)) for pk, cells in found])
        self.old = new

    def _under(self, new: AESGCM, cells: list[Any]) -> list[bytes]:
        made = []
        for cell in cells:
            nonce = os.urandom(12)
            made.append(
                nonce + new.encrypt(nonce, self.old.decrypt(bytes(cell[:12]), bytes(cell[12:]), b""), b"")
            )
        return made
