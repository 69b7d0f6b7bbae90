"""Waiting until no process can still be writing with a key that was replaced.

A process may hold an unwrapped key for KEY_CACHE_SECONDS, and a transaction that used it may be open longer.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from privacy.keyrows import RotationJob

OPEN = """
SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'virtualxid' AND l.granted AND a.datname = current_database() AND l.pid <> pg_backend_pid()
"""
PAUSE = 0.1


def pass_fence(job: RotationJob, tell: Callable[[str], None]) -> None:
    """Counted from the first time this phase was entered, also after a restart."""
    if job.wait_from is None:
        job.wait_from = timezone.now()
        job.save(update_fields=["wait_from", "updated_at"])
    until = job.wait_from + timedelta(seconds=settings.KEY_CACHE_SECONDS * 1.1)
    left = (until - timezone.now()).total_seconds()
    if left > 0:
        tell(f"waiting {left:.0f} s until every process has let go of the old key")
        time.sleep(left)
    before = _open_transactions()
    while before & _open_transactions():
        time.sleep(PAUSE)


def _open_transactions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        return {row[0] for row in cursor.fetchall()}
