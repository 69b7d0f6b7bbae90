"""The register as lines to hand out: ids and codes, signed at the end. It holds no personal data, so neither do they."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from privacy.checkpoints import signed

LINES = """
SELECT r.id, l.chain, l.seq, r.at, r.actor_user, r.actor_role, r.actor_agency, r.owner, r."table", r.object_ids, r.fields,
    r.action, r.purpose, r.outcome, r.request_id, r.place, r.session, r.origin, r.mac
FROM privacy_readaudit r LEFT JOIN privacy_auditlink l ON l.row = r.id
WHERE r.at >= %s AND r.at < %s AND r.id > %s ORDER BY r.id LIMIT 5000
"""
NAMES = (
    "id", "chain", "seq", "at", "actor_user", "actor_role", "actor_agency", "owner", "table", "object_ids", "fields",
    "action", "purpose", "outcome", "request_id", "place", "session", "origin", "mac",
)  # fmt: skip


def lines(since: datetime, until: datetime) -> Iterator[str]:
    """One JSON object per row, oldest first; last a line with the signature over the SHA-256 of all before it."""
    digest, count, after = hashlib.sha256(), 0, "00000000-0000-0000-0000-000000000000"
    while rows := _page(since, until, after):
        for row in rows:
            line = json.dumps(dict(zip(NAMES, map(_plain, row), strict=True)), ensure_ascii=True)
            digest.update(line.encode() + b"\n")
            count += 1
            yield line
        after = str(rows[-1][0])
    summary = {
        "from": since.isoformat(),
        "to": until.isoformat(),
        "rows": count,
        "sha256": digest.hexdigest(),
    }
    yield signed(json.dumps(summary, sort_keys=True)).line()


def _page(since: datetime, until: datetime, after: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(LINES, [since, until, after])
        return list(cursor.fetchall())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | str) or value is None else str(value)
