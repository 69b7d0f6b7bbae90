"""The second wall: the database is told in each transaction for which body it is asked, and shows no other case.

The policies are made in `config/wall.py`. Without them (the tests, a development database) telling costs nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg.pq import TransactionStatus

from agencies.actor import Actor
from agencies.kinds import Role

WORKS_ON_CASES = frozenset({Role.OPERATOR, Role.CASEWORKER, Role.LEAD, Role.LIAISON})
SYSTEM_BASIS = "system"
TELL = (
    "SELECT set_config('huhang.basis', %s, true), set_config('huhang.agency', %s, true),"
    " set_config('huhang.emergency', %s, true)"
)


def stands() -> bool:
    return bool(settings.DATABASE_ROLE)


def tell(actor: Actor | None) -> None:
    """For this transaction and no longer. Nobody acting: a public page, which works as the system."""
    if actor is None or actor.is_system:
        words = [SYSTEM_BASIS, "", ""]
    elif actor.role in WORKS_ON_CASES:
        words = ["actor", str(actor.agency_id or ""), str(actor.emergency or "")]
    else:
        words = ["actor", "", ""]
    with connection.cursor() as cursor:
        cursor.execute(TELL, words)


def is_broken() -> bool:
    """Has the database refused a statement of this transaction? Then nothing of it can stay."""
    held = connection.connection
    return bool(held is not None and held.info.transaction_status == TransactionStatus.INERROR)


@contextmanager
def as_system() -> Iterator[None]:
    """For the few questions across all federations, whose answer is a number or a free word, never a row."""
    if not stands() or not connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('huhang.basis', true)")
        before = (cursor.fetchone() or [""])[0] or ""
        cursor.execute("SELECT set_config('huhang.basis', %s, true)", [SYSTEM_BASIS])
    yield
    # After an error the transaction is rolled back, and what was told in it with it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('huhang.basis', %s, true)", [before])
