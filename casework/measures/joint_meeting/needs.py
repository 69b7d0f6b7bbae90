"""What a meeting needs: a day ahead, and resolutions that are followed to their end."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.joint_meeting.models import JointMeeting


@need(_("Day and hour must lie ahead."))
def lies_ahead(one: "JointMeeting") -> bool:
    return one.meets_at is None or one.meets_at > one.moment


@need(_("The day by which it is to be done must not lie in the past."))
def due_not_past(one: "JointMeeting") -> bool:
    due = one.asked.get("due")
    return not isinstance(due, date) or due >= timezone.localdate(one.moment)


@need(_("Every resolution has been carried out; nothing is left to report."))
def something_open(one: "JointMeeting") -> bool:
    return bool(one.resolutions.filter(done_at=None).exists())


@need(_("Some resolutions are not carried out yet: ask the bodies for their report."))
def all_carried_out(one: "JointMeeting") -> bool:
    return not one.resolutions.filter(done_at=None).exists()
