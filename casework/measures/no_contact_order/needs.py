"""What a no-contact order by the police needs."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.counting import MOMENT, end_of
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.no_contact_order.models import NoContactOrder

SINCE = date(2026, 1, 1)
LEAST, MOST = 5, 10


@need(_("This order exists since 1 January 2026 only."), law="O5")
def in_force_by_then(order: "NoContactOrder") -> bool:
    return timezone.localdate(order.moment) >= SINCE


@need(_("Choose the police that are asked."))
def police_chosen(order: "NoContactOrder") -> bool:
    return order.police_agency_id is not None


@need(_("The head of the police organ must have approved it."), law="O5")
def approved_by_the_head(order: "NoContactOrder") -> bool:
    return order.approved


@need(_("It is made for a set time: its last day lies after the day it is made."), law="O5")
def ends_later(order: "NoContactOrder") -> bool:
    return order.ends_on is not None and order.ends_on > timezone.localdate(order.moment)


@need(_("It is already noted that he has been told."))
def not_yet_told(order: "NoContactOrder") -> bool:
    return not order.told


@need(_("Record the breach first."))
def breach_recorded(order: "NoContactOrder") -> bool:
    return order.breaches > 0


@need(_("The law sets 5 to 10 days of detention for a breach."), law="O5")
def five_to_ten_days(order: "NoContactOrder") -> bool:
    days = order.asked.get("days")
    return days is None or LEAST <= int(days) <= MOST


@need(_("Its last day is not past yet."))
def last_day_past(order: "NoContactOrder") -> bool:
    """The clock names the last microsecond of that day."""
    return order.ends_on is not None and order.moment >= end_of(order.ends_on) - MOMENT
