"""The chain over the reading register: whatever is done to its rows, the first bad one is named."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from privacy import checkpoints, macs
from privacy.append_only import APPEND_ONLY_TABLES, GROWING_HEADS, grants
from privacy.audit import Action, Purpose, ReadAudit, record_read
from privacy.chain import seal
from privacy.chainrows import AuditChain, AuditLink
from privacy.verify import verify
from tests.attacks.record import Tried
from tests.privacy.people import AGENCY, READER, Reader

pytestmark = pytest.mark.django_db
OTHER = Reader(agency_id=UUID(int=10))
NOW = timezone.now


@pytest.fixture(autouse=True)
def a_new_writer() -> Iterator[None]:
    """What this thread wrote in tests before is gone with their rows."""
    macs._threads.writer = macs.Writer()
    yield
    macs._threads.writer = macs.Writer()


def read(count: int, actor: Reader = READER) -> None:
    for _ in range(count):
        record_read(
            actor=actor, action=Action.READ, owner=uuid4(), table="t", object_ids=[uuid4()], fields=["name", "phone"],
            purpose=Purpose.CASEWORK,
        )  # fmt: skip


def owner(sql: str, *values: Any) -> None:
    """The owner of the tables, with the triggers out of his way."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = origin")


def row(seq: int) -> UUID:
    return AuditLink.objects.get(chain=AGENCY, seq=seq).row


def found() -> tuple[str, int | None] | None:
    """The first bad thing of this agency's chain."""
    verdicts, others, _gaps = verify(NOW(), checkpoints.known())
    bad = [verdict.bad for verdict in verdicts if verdict.bad] + others
    return (bad[0].fault.value, bad[0].seq) if bad else None


def test_each_agency_has_its_own_chain_and_what_was_written_is_what_is_there() -> None:
    read(3)
    read(2, OTHER)
    sealed, again = seal(NOW()), seal(NOW())
    heads = dict(AuditChain.objects.values_list("chain", "seq"))
    assert (sealed, again, heads, found()) == (5, 0, {AGENCY: 3, OTHER.agency_id: 2}, None)


def test_a_row_that_was_rolled_back_leaves_no_gap() -> None:
    read(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        read(2)
        raise ZeroDivisionError
    read(1)
    assert (seal(NOW()), found()) == (2, None)


def relink_with_another_key() -> None:
    prev = b""
    for link in AuditLink.objects.filter(chain=AGENCY).order_by("seq"):
        prev = hmac.digest(b"guess", prev + link.row.bytes, "sha256")
        owner("UPDATE privacy_auditlink SET mac = %s WHERE id = %s", prev, link.pk)


def remove_with_its_link(seq: int) -> None:
    owner("DELETE FROM privacy_readaudit WHERE id = %s", row(seq))
    owner("DELETE FROM privacy_auditlink WHERE chain = %s AND seq = %s", AGENCY, seq)


def close_up(seq: int) -> None:
    remove_with_its_link(seq)
    owner("UPDATE privacy_auditlink SET seq = seq - 1 WHERE chain = %s AND seq > %s", AGENCY, seq)


def swap(one: int, two: int) -> None:
    first, second = row(one), row(two)
    for held, new in ((first, UUID(int=1)), (second, first), (UUID(int=1), second)):
        owner("UPDATE privacy_auditlink SET row = %s WHERE row = %s", new, held)


def copy_a_row() -> None:
    columns = ", ".join(f'"{f.column}"' for f in ReadAudit._meta.concrete_fields if f.name != "id")
    sql = f"INSERT INTO privacy_readaudit (id, {columns}) SELECT %s, {columns} FROM privacy_readaudit WHERE id = %s"
    owner(sql, uuid4(), row(2))


def cut_the_tail() -> None:
    for seq in (6, 5):
        remove_with_its_link(seq)
    last = AuditLink.objects.get(chain=AGENCY, seq=4)
    owner("UPDATE privacy_auditchain SET seq = 4, mac = %s", bytes(last.mac))


CUTS: dict[str, tuple[Callable[[], object], tuple[str, int | None]]] = {
    "a column changed": (
        lambda: owner("UPDATE privacy_readaudit SET actor_user = %s WHERE id = %s", uuid4(), row(3)), ("changed", 3),
    ),
    "a field left out": (
        lambda: owner("UPDATE privacy_readaudit SET fields = '{name}' WHERE id = %s", row(2)), ("changed", 2),
    ),
    "a row deleted": (lambda: owner("DELETE FROM privacy_readaudit WHERE id = %s", row(4)), ("removed", 4)),
    "a row deleted with its link": (lambda: remove_with_its_link(3), ("gap", 3)),
    "the same and the gap closed": (lambda: close_up(3), ("relinked", 3)),
    "two rows swapped": (lambda: swap(2, 5), ("relinked", 2)),
    "a row put in": (copy_a_row, ("inserted", None)),
    "all chained anew under another key": (relink_with_another_key, ("relinked", 1)),
    "the tail cut": (cut_the_tail, ("tail", 5)),
}  # fmt: skip


@pytest.mark.attack("T93")
@pytest.mark.parametrize("name", CUTS)
def test_the_first_bad_row_is_named(name: str, tried: Tried) -> None:
    read(6)
    seal(NOW())
    checkpoints.checkpoint(NOW(), at_once=True)
    cut, expected = CUTS[name]
    before = found()
    cut()
    tried(request=name, actor="owner of the tables", expected=expected, got=found())
    assert before is None


@pytest.mark.attack("T93")
def test_what_was_taken_away_before_it_was_chained_shows_when_its_writer_goes_on(tried: Tried) -> None:
    read(3)
    newest = ReadAudit.objects.order_by("-n")[0].pk
    owner("DELETE FROM privacy_readaudit WHERE id = %s", newest)
    read(1)
    seal(NOW())
    tried(
        request="the last row deleted, unchained",
        actor="owner of the tables",
        expected=("before", 3),
        got=found(),
    )


@pytest.mark.attack("T93")
def test_a_trigger_that_swallows_rows_lets_nobody_read_on(tried: Tried) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        )
        cursor.execute(
            "CREATE TRIGGER swallow BEFORE INSERT ON privacy_readaudit FOR EACH ROW EXECUTE FUNCTION swallow()"
        )
    got = ""
    try:
        read(1)
    except Exception as refusal:
        got = type(refusal).__name__
    tried(request="a trigger that swallows rows", actor="owner of the tables", expected="Unrecorded", got=got)


@pytest.mark.attack("T93")
@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_the_running_role_can_add_and_read_and_nothing_else(table: str, tried: Tried) -> None:
    refused = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE app_rt_tried")
        cursor.execute(grants("app_rt_tried"))
        cursor.execute("SET ROLE app_rt_tried")
        cursor.execute(f"SELECT count(*) FROM {table}")
        for sql in (f"UPDATE {table} SET kid = 1", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(DatabaseError, match="permission denied") as error, transaction.atomic():
                cursor.execute(sql)
            refused.append(str(error.value)[:17])
        cursor.execute("RESET ROLE")
    expected = ["permission denied"] * 3
    tried(request=f"UPDATE, DELETE, TRUNCATE {table}", actor="running role", expected=expected, got=refused)


def test_every_table_of_the_register_refuses_change_by_trigger_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%append_only'")
        guarded = {name for (name,) in cursor.fetchall()}
    assert (set(APPEND_ONLY_TABLES) - guarded, set(GROWING_HEADS) & guarded) == (set(), set())


@pytest.mark.attack("T93")
def test_a_whole_rewrite_is_found_by_the_checkpoints_kept_elsewhere(
    tmp_path: Path, settings: Any, tried: Tried
) -> None:
    settings.AUDIT_SINK = f"file:{tmp_path / 'audit.log'}"
    read(4)
    seal(NOW())
    checkpoints.checkpoint(NOW(), at_once=True)
    sent, again = checkpoints.push(), checkpoints.push()
    owner("DELETE FROM privacy_readaudit")
    owner("DELETE FROM privacy_auditlink")
    owner("DELETE FROM privacy_auditchain")
    owner("DELETE FROM privacy_auditcheckpoint")
    macs._threads.writer = macs.Writer()
    read(4)
    seal(NOW())
    got = found()
    tried(request="everything emptied", actor="owner, with keys", expected=("rewritten", 4), got=got)
    assert (sent, again, len((tmp_path / "audit.log").read_text().splitlines())) == (1, 0, 1)


def test_a_checkpoint_that_we_did_not_sign_is_named(tmp_path: Path, settings: Any) -> None:
    settings.AUDIT_SINK = f"file:{tmp_path / 'audit.log'}"
    read(1)
    seal(NOW())
    made = checkpoints.checkpoint(NOW(), at_once=True)
    assert made is not None
    forged = made.line().replace('\\"number\\":1', '\\"number\\":2')
    (tmp_path / "audit.log").write_text(forged + "\n")
    assert found() == ("forged", None)


def test_a_checkpoint_waits_for_rows_or_time_and_for_news() -> None:
    now = NOW()
    read(1)
    seal(now)
    numbers = []
    for later in (0, 1, 6):
        made = checkpoints.checkpoint(now + timedelta(minutes=later))
        numbers.append(made.number if made else None)
        read(1)
        seal(NOW())
    assert numbers == [1, None, 2]


def test_the_command_names_the_row_and_fails() -> None:
    read(3)
    call_command("audit", "seal", stdout=StringIO())
    call_command("audit", "verify", stdout=(good := StringIO()))
    bad = row(2)
    owner("UPDATE privacy_readaudit SET outcome = 'denied' WHERE id = %s", bad)
    with pytest.raises(CommandError, match=f"changed chain={AGENCY} seq=2 row={bad}"):
        call_command("audit", "verify", stdout=StringIO())
    assert "good up to row 3" in good.getvalue()


def test_what_is_handed_out_is_signed_and_checked_with_the_public_key() -> None:
    read(2)
    today = timezone.localdate().isoformat()
    call_command("audit", "export", "--from", today, "--to", today, stdout=(out := StringIO()))
    *lines, last = out.getvalue().splitlines()
    told = json.loads(checkpoints.Signed.of(last).content)
    digest = hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()
    assert (len(lines), told["sha256"], checkpoints.Signed.of(last).is_ours()) == (2, digest, True)
    assert json.loads(lines[0])["fields"] == ["name", "phone"]
