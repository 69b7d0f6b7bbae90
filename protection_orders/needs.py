"""What a protection order needs before a step. Each sees the order with the step's fields already filled in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.needs import STILL_OPEN
from protection_orders.codes import (
    SERVED_BY_LAW,
    Applicant,
    Basis,
    FoundBy,
    Helper,
    Measure,
    Party,
    ProxyBy,
    ProxyGround,
)
from workflow.counting import MOMENT, add_months, end_of
from workflow.table import need

if TYPE_CHECKING:
    from protection_orders.models import ProtectionOrder

MONTHS, FINE, DETENTION = 6, 1000, 15
# Named only in FS22 2, which wants her will; the others may also act under ADVL 23.
ONLY_BY_HER_WILL = frozenset({ProxyBy.CIVIL_AFFAIRS, ProxyBy.DISABLED, ProxyBy.AGED})


@need(_("The case is closed: reopen it first."), law="F06")
def case_open(order: "ProtectionOrder") -> bool:
    return order.case.state in STILL_OPEN


@need(_("Tell her of her right to a protection order first, and record it."), law="P13")
def rights_informed(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or order.case.rights_informed_at is not None


@need(_("Say who applies for her and on which ground."), law="A23")
def proxy_explained(order: "ProtectionOrder") -> bool:
    return (
        order.applicant != Applicant.PROXY
        or order.filed_elsewhere
        or bool(order.proxy_by and order.proxy_ground)
    )


@need(
    _("This body may apply for her only if she is old, disabled or ill and wishes it. Choose that ground or another proxy."),
    law="P02",
)  # fmt: skip
def proxy_entitled(order: "ProtectionOrder") -> bool:
    return order.proxy_by not in ONLY_BY_HER_WILL or order.proxy_ground in {"", ProxyGround.FRAIL}


@need(_("For old age, disability or illness the proxy must follow her will: record it."), law="P02")
def will_recorded(order: "ProtectionOrder") -> bool:
    return order.proxy_ground != ProxyGround.FRAIL or order.filed_elsewhere or bool(order.victim_will)


@need(_("Name the respondent among the people of the case: the court must know against whom."), law="A27")
def respondent_named(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or order.has_one_respondent()


@need(_("Choose at least one measure to ask for; describe an “other measure”."), law="A27")
def request_clear(order: "ProtectionOrder") -> bool:
    described = Measure.OTHER not in order.requested or bool(order.other_request)
    return order.filed_elsewhere or bool(order.requested and described)


@need(_("Record the violence or the danger of it: an incident, or an assessment of danger."), law="A27")
def violence_shown(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or order.case_shows_violence()


@need(
    _("Tick the evidence that goes to the court. Her own statement and our record of her complaint count."),
    law="P07",
)
def evidence_listed(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or bool(order.evidence)


@need(_("Choose the court, and on which of the three grounds it is competent."), law="A25")
def court_chosen(order: "ProtectionOrder") -> bool:
    return order.filed_elsewhere or bool(order.court_id and order.jurisdiction)


@need(_("This legal basis protects women. Choose another one."), law="P22 P23")
def basis_fits(order: "ProtectionOrder") -> bool:
    return order.legal_basis != Basis.WPL29 or order.case.victim_sex != "m"


@need(_("An application against the same respondent is already before the court."), law="A23")
def not_before_court_already(order: "ProtectionOrder") -> bool:
    return not order.another_is_pending()


@need(_("Tick what the order contains, or say that it is not stated. Nothing is assumed."), law="A29")
def measures_recorded_or_unstated(order: "ProtectionOrder") -> bool:
    return bool(order.granted or order.asked.get("not_stated"))


@need(_("Write down what the “other measure” is."), law="A29")
def other_measure_described(order: "ProtectionOrder") -> bool:
    return Measure.OTHER not in order.granted or bool(order.other_measure)


@need(
    _("An order runs for six months at most, from the day it is made. Look at the ruling again."), law="A30"
)
def at_most_six_months(order: "ProtectionOrder") -> bool:
    start, end = order.counted_from(), order.last_day
    return end is None or start is None or start <= end <= add_months(start, MONTHS)


@need(
    _("The order has lapsed: it can no longer be extended or changed. Prepare a new application."), law="A30"
)
def before_lapse(order: "ProtectionOrder") -> bool:
    end = order.end_before_move()
    return end is None or order.day_of_move() <= end


@need(
    _("Only the applicant may ask to extend, change or revoke it. The respondent may ask for reconsideration."), law="A30"
)  # fmt: skip
def applicant_asks(order: "ProtectionOrder") -> bool:
    return order.asked.get("party") != Party.RESPONDENT


@need(_("Record the application to extend first; only she may ask for it."), law="A30")
def extension_applied(order: "ProtectionOrder") -> bool:
    return order.extend_applied


@need(_("The new last day must be later than the old one."), law="A30")
def later_end_given(order: "ProtectionOrder") -> bool:
    before = order.end_before_move()
    if order.asked.get("not_stated"):
        return True
    return before is None or (order.lapses_on is not None and order.lapses_on > before)


@need(_("Record the application to change it first; only she may ask for it."), law="A30")
def variation_applied(order: "ProtectionOrder") -> bool:
    return order.vary_applied


@need(_("Record the application to revoke it first; only she may ask for it."), law="A30")
def revocation_applied(order: "ProtectionOrder") -> bool:
    return order.revoke_applied


@need(_("No such application is open."), law="A30")
def change_applied(order: "ProtectionOrder") -> bool:
    change = order.asked.get("change")
    if change is None:
        return order.extend_applied or order.vary_applied or order.revoke_applied
    return bool(getattr(order, f"{change}_applied"))


@need(_("Reconsideration can be asked for once."), law="A31")
def once_only(order: "ProtectionOrder") -> bool:
    return not order.already_reconsidered(order.asked.get("party", ""))


@need(_("No reconsideration is open."), law="A31")
def reconsideration_open(order: "ProtectionOrder") -> bool:
    return bool(order.reconsideration_by)


@need(
    _("The end of the order has not come. The ruling's own date counts; it never moves for a holiday."),
    law="T6",
)
def end_reached(order: "ProtectionOrder") -> bool:
    return order.last_day is None or _over(order.moment, end_of(order.last_day))


def _over(moment: datetime, end: datetime) -> bool:
    """The clock names the last microsecond of the last day."""
    return moment >= end - MOMENT


@need(
    _("It must reach both sides, police and committee. Tick them, record “served on some”, or say it is not stated."),
    law="P14",
)  # fmt: skip
def served_as_due(order: "ProtectionOrder") -> bool:
    return bool(order.asked.get("not_stated")) or {*order.served_on, *order.served_before()} >= SERVED_BY_LAW


@need(
    _("His employer may receive it only with her consent: record the consent or leave the employer out."),
    law="P20",
)
def employer_consented(order: "ProtectionOrder") -> bool:
    return "employer" not in order.served_on or order.employer_consent is True


@need(_("Name the officer who signs for it in the federation."), law="P20")
def officer_named(order: "ProtectionOrder") -> bool:
    return "federation" not in order.served_on or bool(order.receiving_officer)


@need(_("Name the police station that received the notice."), law="P18")
def police_named(order: "ProtectionOrder") -> bool:
    return order.police_agency_id is not None


@need(_("Record first when the police received the notice to help execute."), law="P18")
def police_notified(order: "ProtectionOrder") -> bool:
    return Helper.POLICE in order.helped_by


@need(_("Record the breach first."), law="P25")
def breach_recorded(order: "ProtectionOrder") -> bool:
    return order.breach_count > 0


@need(_("Every breach has been reported to the court."), law="P16")
def breach_unreported(order: "ProtectionOrder") -> bool:
    return order.unreported > 0


@need(_("Both have to be told: the court and the police."), law="P16")
def both_told(order: "ProtectionOrder") -> bool:
    return not order.asked or (
        order.asked.get("told_court") is True and order.asked.get("told_police") is True
    )


@need(_("A fine has an amount, at most 1000 yuan."), law="P26")
def fine_within_law(order: "ProtectionOrder") -> bool:
    amount = order.asked.get("amount")
    return amount is None or 0 < amount <= FINE


@need(_("Detention has a number of days, at most 15."), law="A34")
def detention_within_law(order: "ProtectionOrder") -> bool:
    days = order.asked.get("days")
    return days is None or 0 < days <= DETENTION


@need(_("She signs the report; if she cannot or will not, write down why."), law="P16")
def signed_or_explained(order: "ProtectionOrder") -> bool:
    return not order.asked or order.asked.get("signed") is True or bool(order.asked.get("unsigned"))


def is_urgent(order: "ProtectionOrder") -> bool:
    return order.urgent is True


def end_stated(order: "ProtectionOrder") -> bool:
    """An extension whose new end we have not seen runs without a clock of its own until the ruling is here."""
    return not order.asked.get("not_stated")


def court_must_be_told(order: "ProtectionOrder") -> bool:
    """Court and police that found it themselves need no report from the federation."""
    return order.asked.get("found_by") not in {FoundBy.COURT, FoundBy.POLICE}


def extension_refused(order: "ProtectionOrder") -> bool:
    return order.asked.get("change") == "extend"


def federation_helps(order: "ProtectionOrder") -> bool:
    """The report at the end is owed by whoever was asked to help execute (FF10 18)."""
    return Helper.FEDERATION in order.helped_by
