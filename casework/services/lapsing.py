"""Each night: what is over by the schedule goes, row by row, each in a transaction of its own.

Done again it does nothing: what is buried is not due. After a restore the list of what was shredded is replayed, as for a case.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from casework.lapse import Lapsing, lapsing
from casework.services.shredding import clear
from privacy.files import delete_file
from privacy.models import Tombstone
from privacy.tombstones import bury

BATCH = 200


def let_lapse(now: datetime, batch: int = BATCH) -> int:
    """How many went. Of each class at most `batch` in one night; the rest in the next one."""
    count = 0
    for one in lapsing():
        for pk in list(one.due(now).order_by("pk").values_list("pk", flat=True)[:batch]):
            count += _let_go(one, pk, now)
    Tombstone.write_list()
    return count


@transaction.atomic
def _let_go(one: Lapsing, pk: Any, now: datetime) -> bool:
    """Locked first and judged afterwards: a hold that was being laid is seen. A file left by a kill is found as a stray."""
    row = one.model._base_manager.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if row is None or not one.due(now).filter(pk=pk).exists():
        return False
    goes = row.goes()
    for file in clear(bury(pk, owners=goes.owners, rows=goes.rows, at=now)):
        transaction.on_commit(partial(delete_file, file))
    return True
