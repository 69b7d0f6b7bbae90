"""What a petition needs before a step."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.measures.petition.codes import Source
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.petition.models import Petition

LONGEST = timedelta(days=30)


@need(_("Only a matter that was passed on to us can be objected to."), law="X04")
def was_transferred(petition: "Petition") -> bool:
    return petition.source == Source.TRANSFERRED


@need(_("The sixty days were extended once already."), law="X06")
def not_yet_extended(petition: "Petition") -> bool:
    return not petition.extended_before()


@need(_("The new end lies after the sixty days, and at most thirty days after them."), law="X06")
def within_thirty_days(petition: "Petition") -> bool:
    end, new = petition.sixty_days_end(), petition.extended_to
    return end is None or new is None or end < new <= end + LONGEST


@need(_("The petitioner has to be told why it takes longer."), law="X06")
def reason_told(petition: "Petition") -> bool:
    return petition.asked.get("told") is not False


@need(_("Mark the matter as major and urgent first."), law="X08")
def is_urgent(petition: "Petition") -> bool:
    return petition.urgent


@need(_("It is already marked as major and urgent."), law="X08")
def not_yet_urgent(petition: "Petition") -> bool:
    return not petition.urgent


def notice_due(petition: "Petition") -> bool:
    """Named and made to us, unless the case already runs this clock; whoever stays unknown cannot be told (X03)."""
    return petition.named and petition.source == Source.DIRECT and not petition.case_runs_notice()


def transferred_notice_due(petition: "Petition") -> bool:
    return petition.named and petition.source == Source.TRANSFERRED


def passed_on(petition: "Petition") -> bool:
    return petition.source == Source.TRANSFERRED
