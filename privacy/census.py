"""Old versions only become more: once a night their number and a hash over them are signed and sent with the checkpoints.

A row put back to an older version shows by its history (see rolledback); where its history was cut too, it shows here:
what there was up to the signed moment is no longer what there is. Only ids and version numbers are read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from privacy.checkpoints import Signed, alone, heads_now, keep, last_kept
from privacy.reanchor import Anchors

SETTLED = timedelta(hours=1)
"""No transaction of ours is open for longer: what is older than this is all there."""
COUNT = SQL(
    "SELECT count(*), encode(sha256(convert_to(coalesce("
    "string_agg(history_id::text || {pk}::text || rev::text, ',' ORDER BY history_id), ''), 'UTF8')), 'hex')"
    " FROM {old} WHERE history_date <= %s"
)


def histories() -> Iterator[tuple[Any, Any]]:
    """Every table of old versions with the sealed one they are of."""
    for model in apps.get_models():
        live: Any = getattr(model, "instance_type", None)
        if live is not None and hasattr(live, "seal_owner"):
            yield model, live


def count(upto: datetime) -> dict[str, list[Any]]:
    """Per table of old versions: how many there are from up to this moment, and the hash over which they are."""
    found = {}
    for model, live in histories():
        table = model._meta.db_table
        statement = COUNT.format(pk=Identifier(live._meta.pk.column), old=Identifier(table))
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(connection.connection), [upto])
            found[table] = list(cursor.fetchone())
    return found


def cut(checkpoints: Iterable[Signed]) -> list[tuple[str, str]]:
    """(table, signed up to) of every table whose old versions are not those of the last count any more."""
    anchors = Anchors(one for one in checkpoints if one.is_ours())
    told = [one for one in anchors.genuine if "versions" in one.told and not anchors.lost(one)]
    if not told:
        return []
    last = max(told, key=lambda one: one.number).told["versions"]
    now = count(datetime.fromisoformat(last["upto"]))
    return [(table, last["upto"]) for table, held in sorted(last["tables"].items()) if now.get(table) != held]


@transaction.atomic
def sign(now: datetime) -> Signed:
    """The count, in a checkpoint of its own. Whoever signs looks for a cut first, or would sign it away."""
    alone()
    upto = now - SETTLED
    return keep(now, last_kept(), heads_now(), versions={"upto": upto.isoformat(), "tables": count(upto)})
