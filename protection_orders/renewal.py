"""The reasons of an extension, from the record: codes and days only, no name, no text of hers."""

from django.template.loader import render_to_string

from protection_orders.models import ProtectionOrder


def grounds_for(order: ProtectionOrder) -> str:
    context = {
        "order": order,
        "breaches": list(order.breaches.all()),
        "sanctions": list(order.sanctions.all()),
    }
    text = render_to_string("protection_orders/grounds.txt", context)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
