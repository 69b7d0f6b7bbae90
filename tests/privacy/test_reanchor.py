"""After a restore the chains go on from an older row: what was lost is named as that, a cut is still a cut."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from privacy import checkpoints, macs
from privacy.audit import Action, ReadAudit
from privacy.chain import seal
from privacy.chainrows import NO_AGENCY, AuditChain, AuditCheckpoint, AuditLink
from privacy.reanchor import MARGIN, reanchor
from privacy.verify import verify
from tests.attacks.record import Tried
from tests.privacy.people import AGENCY
from tests.privacy.test_chain import NOW, owner, read, row

pytestmark = [pytest.mark.django_db, pytest.mark.attack("T93")]


@pytest.fixture(autouse=True)
def sink(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The processes of a restored house write under names of their own, and the checkpoints lie in a file."""
    settings.AUDIT_SINK = f"file:{tmp_path / 'audit.log'}"
    macs._threads.writer = macs.Writer()
    yield tmp_path / "audit.log"
    macs._threads.writer = macs.Writer()


def signed(count: int) -> None:
    """So many readings, chained, signed and sent away."""
    read(count)
    seal(NOW())
    assert checkpoints.checkpoint(NOW(), at_once=True)
    checkpoints.push()


def cut(after: int, chain: UUID = AGENCY) -> None:
    """The end of the chain gone, with all that tells of it here."""
    for link in AuditLink.objects.filter(chain=chain, seq__gt=after):
        owner("DELETE FROM privacy_readaudit WHERE id = %s", link.row)
        owner("DELETE FROM privacy_auditlink WHERE id = %s", link.pk)
    last = AuditLink.objects.filter(chain=chain, seq=after).first()
    AuditChain.objects.filter(chain=chain).update(seq=after, mac=last.mac if last else b"")


def put_back(rows: int, kept: int, of_the_house: int = 0) -> None:
    """As a restore does it: the register and its checkpoints as they were at the time of the backup."""
    cut(rows)
    newer = AuditCheckpoint.objects.order_by("id")[kept:]
    for one in list(newer):
        owner("DELETE FROM privacy_auditcheckpoint WHERE id = %s", one.pk)
    cut(of_the_house, NO_AGENCY)
    macs._threads.writer = macs.Writer()


def anchored(backup: datetime) -> None:
    reanchor(NOW(), backup=backup, sent=checkpoints.known())
    seal(NOW())
    checkpoints.push()


def told() -> tuple[list[tuple[str, int | None]], list[tuple[int, int]]]:
    """The faults, and the gaps of this agency's chain."""
    verdicts, others, gaps = verify(NOW(), checkpoints.known())
    bad = [verdict.bad for verdict in verdicts if verdict.bad] + others
    return [(one.fault.value, one.seq) for one in bad], [
        (one.first, one.last) for one in gaps if one.chain == AGENCY
    ]


def test_what_a_restore_left_behind_is_named_and_the_chain_goes_on(tried: Tried) -> None:
    signed(3)
    backup = NOW()
    signed(4)
    signed(2)
    put_back(3, 1)
    without = told()
    anchored(backup)
    signed(8)
    tried(
        request="a backup of row 3 restored when 9 were signed; 8 rows since; before and after the anchor",
        actor="keeper of the house",
        expected=([("tail", 4), ("tail", 4)], [], [], [(4, 9)]),
        got=(*without, *told()),
    )
    written = ReadAudit.objects.get(action=Action.RESTORE)
    assert (written.fields, len(checkpoints.kept())) == (["kept 1", "number 4"], 3)


def test_a_cut_after_the_restore_is_a_cut(tried: Tried) -> None:
    signed(3)
    backup = NOW()
    signed(4)
    put_back(3, 1)
    anchored(backup)
    signed(6)
    cut(5)
    got = told()
    tried(request="rows 6 to 9 cut", actor="owner of the tables", expected=([("tail", 6)], [(4, 7)]), got=got)


def test_a_cut_that_the_backup_already_had_is_a_cut(tried: Tried) -> None:
    signed(3)
    signed(4)
    signed(2)
    put_back(7, 2)  # not by a restore
    anchored(backup := NOW() + 2 * MARGIN)
    tried(
        request="rows 8 and 9 cut with their checkpoint, backed up and restored",
        actor="owner of the tables",
        expected=([("tail", 8)], True),
        got=(told()[0], backup > datetime.fromisoformat(checkpoints.known()[0].told["at"])),
    )


def test_a_row_from_before_the_backup_that_was_changed_is_named(tried: Tried) -> None:
    signed(3)
    backup = NOW()
    signed(4)
    put_back(3, 1)
    bad = row(2)
    owner("UPDATE privacy_readaudit SET outcome = 'denied' WHERE id = %s", bad)
    anchored(backup)
    got = told()
    tried(
        request="row 2 changed", actor="owner of the tables", expected=([("changed", 2)], [(4, 7)]), got=got
    )


def test_a_second_restore_from_before_or_after_the_first_names_both(tried: Tried) -> None:
    signed(3)
    first = NOW()
    signed(4)
    put_back(3, 1)
    anchored(first)
    signed(2)
    second = NOW()
    signed(5)
    put_back(5, 3, of_the_house=1)
    anchored(second)
    signed(1)
    tried(
        request="a restore of a restored house", actor="keeper of the house",
        expected=([], [(4, 7), (6, 10)]), got=told(),
    )  # fmt: skip


def test_an_anchor_of_somebody_elses_making_covers_nothing(sink: Path, tried: Tried) -> None:
    signed(3)
    backup = NOW()
    signed(4)
    put_back(3, 1)
    anchored(backup)
    genuine = AuditCheckpoint.objects.order_by("id").last()
    assert genuine
    owner("DELETE FROM privacy_auditcheckpoint WHERE id = %s", genuine.pk)
    lines = sink.read_text().splitlines()
    forged = lines[-1].replace('\\"kept\\":1', '\\"kept\\":0')
    assert forged != lines[-1]
    sink.write_text("\n".join([*lines[:-1], forged]) + "\n")
    expected = ([("tail", 4), ("forged", None)], [])
    faults, gaps = told()
    tried(
        request="an anchor changed",
        actor="owner of the tables",
        expected=expected,
        got=(sorted(faults)[::-1], gaps),
    )
