"""What a talk needs: somebody who leads it, a time that lies ahead, and a try before inspection."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.joint_talk.models import JointTalk


@need(_("Name the labour authority: it leads the talk, the federation takes part."), law="L02")
def labour_office_named(one: "JointTalk") -> bool:
    return one.labour_office_id is not None


@need(_("The day to put it right must lie after the day of the talk."), law="L02")
def time_after_talk(one: "JointTalk") -> bool:
    return one.rectify_by is None or one.rectify_by > timezone.localdate(one.moment)


@need(
    _(
        "Inspection comes when the employer did not come, refuses outright, or the time set at the talk is over."
    ),
    law="L02",
)
def talk_led_to_nothing(one: "JointTalk") -> bool:
    late = one.rectify_by is not None and one.rectify_by < timezone.localdate(one.moment)
    return one.absences > 0 or bool(one.asked.get("refuses")) or late
