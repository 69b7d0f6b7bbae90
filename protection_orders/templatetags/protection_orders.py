"""What the templates of an order ask for."""

from datetime import timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.models import Person
from protection_orders import selectors
from protection_orders.models import ProtectionOrder
from workflow.engine import OpenMove
from workflow.replies import move_url

register = template.Library()
OWN_PAGES = {
    "prepare": "prepare",
    "amend": "prepare",
    "report_breach": "breach_add",
    "apply_extend": "extension_new",
}


@register.simple_tag(name="order_view")
def _order_view(order: ProtectionOrder) -> selectors.OrderView:
    return selectors.order_view(order)


@register.simple_tag
def order_moves(order: ProtectionOrder, actor: Actor | None) -> dict[str, list[OpenMove]]:
    main, others = selectors.moves_of(order, actor) if actor else ([], [])
    return {"main": main, "others": others}


@register.simple_tag
def page_of(order: ProtectionOrder, found: OpenMove) -> str:
    """The address of a move that has a page of its own; empty: the one view of all moves."""
    name = OWN_PAGES.get(found.move.name)
    return reverse(f"protection_orders:{name}", args=[order.pk]) if name else ""


@register.simple_tag
def address_of(order: ProtectionOrder, found: OpenMove) -> str:
    return page_of(order, found) or move_url(order, found.move)


@register.simple_tag
def lag_words(lag: selectors.Lag) -> str:
    """One span, or from … to … where the hours are not known."""
    least, most = _span(lag.least), _span(lag.most)
    return least if least == most else f"{least} – {most}"


def _span(span: timedelta) -> str:
    """Days and hours; what is shorter than an hour counts as none."""
    hours = int(span.total_seconds() // 3600)
    days = _("%d d") % (hours // 24) if hours >= 24 else ""
    rest = _("%d h") % (hours % 24) if hours % 24 or not days else ""
    return " ".join(part for part in (days, rest) if part)


@register.filter
def protected(order: ProtectionOrder) -> list[Person]:
    return [row for row in selectors.people_of(order) if row.role in selectors.PROTECTED]


@register.filter
def entry(opened: dict[Any, Any] | None, key: Any) -> Any:
    return (opened or {}).get(key)
