"""联合约谈."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class JointTalkConfig(AppConfig):
    name = "casework.measures.joint_talk"
    label = "joint_talk"
    verbose_name = _("Joint talk")

    def ready(self) -> None:
        name_notices(
            {
                "joint_talk_proposed": _("The federation asks you to lead a joint talk with an employer"),
                "joint_talk_called": _("A joint talk with an employer has its day"),
                "joint_talk_inspection": _("A joint talk led to nothing: labour inspection is asked for"),
                "joint_talk_news": _("There is news of a joint talk"),
            }
        )
        papers = import_module("casework.measures.joint_talk.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
