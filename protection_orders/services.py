"""Commands of this room that are more than one move."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agencies.actor import Actor
from protection_orders.models import Breach, ProtectionOrder
from workflow.engine import perform
from workflow.when import When


@transaction.atomic
def report_breach(
    order: ProtectionOrder, *, actor: Actor, kind: str, found_by: str, happened: When, found: When | None = None,
    account: str = "", key: str | None = None, now: datetime | None = None,
) -> Breach:  # fmt: skip
    """`happened`: when the order was broken, as far as known. `found`: when somebody learned of it (default now).

    The clock of the report to the court runs from `found`, not from the breach.
    """
    one_day = happened.earliest and happened.latest and _same_day(happened.earliest, happened.latest)
    step = perform(
        order, "report_breach", actor=actor, at=found, key=key, now=now, breach=kind, found_by=found_by,
        account=account, broken_on=timezone.localdate(happened.earliest) if one_day else None,
    )  # fmt: skip
    row: Breach = order.breaches.order_by("-created_at", "-id")[0]
    if step.recorded_at and row.happened != happened:
        row.happened = happened
        row.acting(actor).save()
    return row


def _same_day(first: datetime, last: datetime) -> bool:
    return timezone.localdate(first) == timezone.localdate(last)
