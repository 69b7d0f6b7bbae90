"""What other rooms ask about orders."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from protection_orders.models import ProtectionOrder
from protection_orders.workflow import S


def live_orders(case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many orders are in force, per case; one query. Says that there is one, nothing of what it says."""
    rows = ProtectionOrder.objects.filter(case_id__in=list(case_ids), state__in=(S.IN_FORCE, S.SERVED))
    return dict(rows.values_list("case_id").annotate(n=Count("pk")).order_by())
