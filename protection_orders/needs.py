"""What a protection order needs before a step. Each sees the order with the step's fields already filled in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from protection_orders.codes import Applicant, ProxyGround
from workflow.counting import add_months
from workflow.table import need

if TYPE_CHECKING:
    from protection_orders.models import ProtectionOrder

MONTHS, FINE, DETENTION = 6, 1000, 15


@need(_("Say who applies for her and on which ground."), law="A23")
def proxy_explained(order: "ProtectionOrder") -> bool:
    return order.applicant != Applicant.PROXY or bool(order.proxy_by and order.proxy_ground)


@need(_("For old age, disability or illness the proxy must follow her will: record it."), law="P02")
def will_recorded(order: "ProtectionOrder") -> bool:
    return order.proxy_ground != ProxyGround.FRAIL or bool(order.victim_will)


@need(_("Name the respondent among the people of the case: the court must know against whom."), law="A27")
def respondent_named(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or order.case_has_respondent()


@need(_("Choose at least one measure to ask for."), law="A27")
def request_clear(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or bool(order.requested)


@need(_("Record the violence or the danger of it: an incident, or an assessment of danger."), law="A27")
def violence_shown(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or order.case_shows_violence()


@need(_("Choose the court, and on which of the three grounds it is competent."), law="A25")
def court_chosen(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or bool(order.court_id and order.jurisdiction)


@need(_("An order runs for six months at most. Look at the ruling again."), law="A30")
def at_most_six_months(order: "ProtectionOrder") -> bool:
    if order.validity_months is not None and not 0 < order.validity_months <= MONTHS:
        return False
    start = order.counted_from()
    return order.lapses_on is None or start is None or order.lapses_on <= add_months(start, MONTHS)


@need(_("The order has lapsed: it can no longer be extended or changed. Prepare a new application."), law="A30")
def before_lapse(order: "ProtectionOrder") -> bool:
    return order.lapses_on is None or order.day_of_move() <= order.lapses_on


@need(_("Record the application to extend first; only she may ask for it."), law="A30")
def extension_applied(order: "ProtectionOrder") -> bool:
    return order.extend_applied


@need(_("Record the application to change it first; only she may ask for it."), law="A30")
def variation_applied(order: "ProtectionOrder") -> bool:
    return order.vary_applied


@need(_("No application to extend or change it is open."), law="A30")
def change_applied(order: "ProtectionOrder") -> bool:
    return order.extend_applied or order.vary_applied


@need(_("The end of the order has not come. The ruling's own date counts; it never moves for a holiday."), law="T6")
def end_reached(order: "ProtectionOrder") -> bool:
    return order.lapses_on is None or order.day_of_move() > order.lapses_on


@need(_("Record the breach first."), law="P25")
def breach_recorded(order: "ProtectionOrder") -> bool:
    return order.breaches.exists()


@need(_("A fine may not exceed 1000 yuan."), law="P26")
def fine_within_law(order: "ProtectionOrder") -> bool:
    return (order.asked.get("amount") or 0) <= FINE


@need(_("Detention may not exceed 15 days."), law="A34")
def detention_within_law(order: "ProtectionOrder") -> bool:
    return (order.asked.get("days") or 0) <= DETENTION


@need(_("No reconsideration is open."), law="A31")
def reconsideration_open(order: "ProtectionOrder") -> bool:
    return bool(order.reconsideration_by)


def is_urgent(order: "ProtectionOrder") -> bool:
    return bool(order.urgent)


def end_known(order: "ProtectionOrder") -> bool:
    return order.lapses_on is not None

