"""Put a life into any state, past the table, for tests of what must be refused there."""

from typing import Any, TypeVar

from django.db import connection, transaction

from workflow.models import LifeModel

Life = TypeVar("Life", bound=LifeModel)


@transaction.atomic
def force_state(obj: Life, state: Any) -> Life:
    """Announce the change to the guard, write the column alone, read the object again."""
    table = connection.ops.quote_name(obj._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('huhang.move', %s, true)", [f"{obj.pk}:{obj.state}:{state}"])
        cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [str(state), obj.pk])
    obj.refresh_from_db()
    return obj
