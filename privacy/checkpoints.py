"""Where the chains stood, signed (Ed25519) and sent away: what a whole rewrite or a cut tail is found by."""

import json
import logging
import logging.handlers
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection, transaction

from privacy.audit import ReadAudit
from privacy.chainrows import AuditChain, AuditCheckpoint, AuditSink
from privacy.errors import SealError
from privacy.keyrows import KeyState
from privacy.keys import CHECKS, ring
from privacy.purposes import Purpose
from privacy.suites import Suite, suite

EVERY_ROWS, EVERY = 256, timedelta(minutes=5)
LOCK = 0x48485F4350
"""Two beats never sign two states under one number."""
Heads = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint as it travels: its words, the signature over them, and by which key."""

    content: str
    signature: bytes
    kid: int

    @classmethod
    def of(cls, line: str) -> "Signed":
        try:
            told = json.loads(line)
            return cls(str(told["content"]), bytes.fromhex(told["signature"]), int(told["kid"]))
        except (ValueError, KeyError, TypeError):
            return cls("{}", b"", 0)

    def line(self) -> str:
        return json.dumps({"content": self.content, "signature": self.signature.hex(), "kid": self.kid})

    def is_ours(self) -> bool:
        try:
            public_key(self.kid).verify(self.signature, self.content.encode())
        except (InvalidSignature, SealError):
            return False
        return True

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def number(self) -> int:
        return int(self.told["number"])

    def heads(self) -> Iterator[tuple[UUID, int, bytes]]:
        for chain, (seq, mac) in self.told["chains"].items():
            yield UUID(chain), seq, bytes.fromhex(mac)


def _signing_key(kid: int | None = None) -> tuple[int, Ed25519PrivateKey]:
    """The key of this id, or the one to sign with: the seed is a purpose key of the ring like any other."""
    states = (KeyState.PRIMARY,) if kid is None else CHECKS
    for key in ring.purpose_keys(Purpose.CHECKPOINT, states):
        if kid is None or key.kid == kid:
            seed = _hashed(suite(key.suite), b"checkpoint" + key.key)
            return key.kid, Ed25519PrivateKey.from_private_bytes(seed)
    raise SealError("no key to sign with")


def _hashed(by: Suite, data: bytes) -> bytes:
    made = Hash(by.hash())
    made.update(data)
    return made.finalize()


def _suite() -> Suite:
    return suite(ring.purpose_keys(Purpose.CHECKPOINT, (KeyState.PRIMARY,))[0].suite)


def public_key(kid: int | None = None) -> Ed25519PublicKey:
    return _signing_key(kid)[1].public_key()


def public_pem() -> str:
    """To be kept where the checkpoints are kept: with it anybody can check them."""
    return public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed(content: str) -> Signed:
    kid, key = _signing_key()
    return Signed(content, key.sign(content.encode()), kid)


def kept() -> list[Signed]:
    rows = AuditCheckpoint.objects.order_by("id").values_list("content", "signature", "kid")
    return [Signed(content, bytes(signature), kid) for content, signature, kid in rows]


def unsealed_rows() -> int:
    """Rows from before rows were sealed: counted in every checkpoint, for they must not become more or fewer."""
    return ReadAudit.objects.filter(mac=b"").count()


def alone() -> None:
    """Until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def checkpoint(now: datetime, *, at_once: bool = False) -> Signed | None:
    """Sign where the chains stand, if enough happened since the last time; nothing where nothing did."""
    alone()
    last, heads = last_kept(), heads_now()
    before = last.told["chains"].values() if last else ()
    new = sum(seq for seq, _mac in heads.values()) - sum(seq for seq, _mac in before)
    old_enough = last is None or datetime.fromisoformat(last.told["at"]) <= now - EVERY
    if not new or not (at_once or new >= EVERY_ROWS or old_enough):
        return None
    return keep(now, last, heads)


def last_kept() -> Signed | None:
    row = AuditCheckpoint.objects.order_by("-id").first()
    return Signed(row.content, bytes(row.signature), row.kid) if row else None


def heads_now() -> Heads:
    rows = AuditChain.objects.filter(seq__gt=0).order_by("chain")
    return {str(row.chain): [row.seq, bytes(row.mac).hex()] for row in rows}


def keep(now: datetime, last: Signed | None, heads: Heads, **more: Any) -> Signed:
    """The next checkpoint behind `last`, signed, in the table."""
    content = {
        "number": last.number + 1 if last else 1,
        "at": now.isoformat(),
        "before": _hashed(_suite(), last.content.encode()).hex() if last else "",
        "chains": heads,
        "older": last.told["older"] if last else unsealed_rows(),
        **more,
    }
    found = signed(json.dumps(content, sort_keys=True, separators=(",", ":")))
    AuditCheckpoint.objects.create(at=now, content=found.content, signature=found.signature, kid=found.kid)
    return found


def push() -> int:
    """Send what the sink has not got yet, in order; how many. Killed in between, the last one goes twice, no other."""
    target = settings.AUDIT_SINK
    if not target:
        return 0
    sent = 0
    AuditSink.objects.get_or_create(name=target)
    with transaction.atomic():
        sink = AuditSink.objects.select_for_update().get(name=target)
        for row in AuditCheckpoint.objects.filter(id__gt=sink.upto).order_by("id"):
            _send(target, Signed(row.content, bytes(row.signature), row.kid).line())
            sink.upto, sent = row.pk, sent + 1
        sink.save()
    return sent


def _send(target: str, line: str) -> None:
    """`file:/path` (append), `syslog:/dev/log` or `syslog:host:port`, `command:program words` (line on its input)."""
    way, _, where = target.partition(":")
    if way == "file":
        if line not in sent_to_file(where):
            with Path(where).open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    elif way == "syslog":
        _to_syslog(where, line)
    elif way == "command":
        subprocess.run(shlex.split(where), input=line + "\n", text=True, check=True, timeout=30)
    else:
        raise ValueError("AUDIT_SINK begins with file:, syslog: or command:")


def sent_to_file(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _to_syslog(where: str, line: str) -> None:
    host, _, port = where.rpartition(":")
    handler = logging.handlers.SysLogHandler(address=(host, int(port)) if host else where or "/dev/log")
    try:
        handler.emit(logging.LogRecord("huhang.audit", logging.INFO, "", 0, line, None, None))
    finally:
        handler.close()


def known() -> list[Signed]:
    """The checkpoints here and, where the sink is a file, those there: what was cut here is still there."""
    way, _, where = settings.AUDIT_SINK.partition(":")
    away = [Signed.of(line) for line in sent_to_file(where)] if way == "file" else []
    return list(dict.fromkeys([*kept(), *away]))


def from_file(path: str) -> list[Signed]:
    return [Signed.of(line) for line in sent_to_file(path)]
