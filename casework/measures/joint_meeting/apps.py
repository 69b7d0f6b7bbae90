"""联席会议."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class JointMeetingConfig(AppConfig):
    name = "casework.measures.joint_meeting"
    label = "joint_meeting"
    verbose_name = _("Joint meeting")

    def ready(self) -> None:
        name_notices(
            {
                "meeting_called": _("You are invited to a joint meeting"),
                "meeting_dropped": _("A joint meeting does not take place"),
                "meeting_signed": _("The minutes of a joint meeting are signed: see what you have to do"),
            }
        )
