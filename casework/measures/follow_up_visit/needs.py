"""What a visit needs before it may be recorded as held."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.follow_up_visit.models import FollowUpVisit


@need(
    _(
        "Ask first whether it is safe to talk. If it is not, choose “Not safe to talk now” and set another time."
    ),
    law="P15",
)
def safe_to_talk(visit: "FollowUpVisit") -> bool:
    return visit.safe_to_talk


@need(_("New violence was reported: write down what happened."), law="F05")
def violence_described(visit: "FollowUpVisit") -> bool:
    return bool(visit.account) or not visit.new_violence
