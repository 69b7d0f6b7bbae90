"""The tabs of the plan: only those that open for whoever reads the page."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as p_

from agencies.kinds import Role
from monitor.people import is_bureau, is_office
from monitor.seats import GROUPS_THAT_WORK, seats_now

register = template.Library()


@register.inclusion_tag("monitor/_tabs.html", takes_context=True)
def plan_tabs(context: Context) -> dict[str, Any]:
    actor = context["request"].actor
    seats = set(seats_now(actor).values_list("group", flat=True))
    runs = is_bureau(actor) or is_office(actor)
    works = runs or actor.role in (Role.LIAISON, Role.LEAD) or bool(seats & set(GROUPS_THAT_WORK))
    decides = runs or bool(seats & set(GROUPS_THAT_WORK))
    rows = [
        (p_("plan", "Board"), "board", True),
        (p_("plan", "What waits"), "seat", runs or bool(seats)),
        (_("Early warnings"), "warnings", works),
        (_("Collection rounds"), "rounds", works),
        (_("Papers, inspections, reports"), "papers", works),
        (_("Units and groups"), "units", works),
        (_("Calendar and means"), "calendar", works),
        (p_("plan", "Proposals"), "proposals", decides),
        (p_("plan", "Lower levels"), "levels", is_bureau(actor)),
    ]
    return {"tabs": [(label, reverse(f"monitor:{name}")) for label, name, opens in rows if opens]}
