"""What a mandatory report needs before a step. Nothing here stands between discovery and report but who is meant."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.measures.mandatory_report.codes import REFUSALS, Duty
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.mandatory_report.models import MandatoryReport


@need(_("Tick at least one of the nine situations. A suspicion is enough."), law="M3")
def situation_named(report: "MandatoryReport") -> bool:
    return report.duty != Duty.MINOR or bool(report.situations)


@need(_("Say why this adult cannot report: age, disability, serious illness, force or threats."), law="M9")
def inability_named(report: "MandatoryReport") -> bool:
    return report.duty != Duty.UNABLE or bool(report.unable_reasons)


@need(_("Say to which station or number it was reported."), law="M2")
def station_named(report: "MandatoryReport") -> bool:
    return bool(report.police_agency_id or report.station)


@need(_("File the report with your own superior body first."), law="M4")
def filed_upward(report: "MandatoryReport") -> bool:
    return not report.reported or bool(report.filed_with)


@need(_("It is already filed with the superior body."), law="M4")
def not_yet_filed(report: "MandatoryReport") -> bool:
    return not report.filed_before()


@need(
    _("The police have neither refused nor let their three days pass: wait, or chase them first."), law="M6"
)
def police_silent_or_refusing(report: "MandatoryReport") -> bool:
    return report.feedback in REFUSALS or report.feedback_overdue()


@need(_("No clue has been sent to the procuratorate yet."), law="M6")
def clue_sent(report: "MandatoryReport") -> bool:
    return report.procuratorate_id is not None


@need(_("First record that the transfer for prosecution has been decided."), law="M6")
def transfer_decided(report: "MandatoryReport") -> bool:
    return report.transfer_on is not None


@need(_("Nobody is recorded here as having failed to report."), law="M2")
def was_missed(report: "MandatoryReport") -> bool:
    return report.missed_unit != ""


def about_a_minor(report: "MandatoryReport") -> bool:
    return report.duty == Duty.MINOR


def about_an_incapable_adult(report: "MandatoryReport") -> bool:
    return report.duty == Duty.INCAPABLE


def about_an_adult_unable_to_report(report: "MandatoryReport") -> bool:
    return report.duty == Duty.UNABLE


def not_reported_before(report: "MandatoryReport") -> bool:
    """The police can take up what they see in their inbox before anybody has telephoned."""
    return not report.reported
