"""What a call obliges us to, whatever she asks for."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.actor import Actor
from casework.codes import Flag, Matter
from casework.measures.mandatory_report.codes import Duty, Situation
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Case
from workflow.engine import begin
from workflow.when import When

CHILDREN = frozenset({Matter.CHILD_ABUSE, Matter.CHILD_SEXUAL_ABUSE})


def draft_duty(case: Case, *, account: str, actor: Actor, now: datetime) -> None:
    """Harm to a minor or to somebody without full capacity has to be reported: its clock runs from this call on."""
    minor = Flag.MINOR in case.flags or case.matter in CHILDREN
    if not minor and Flag.INCAPABLE not in case.flags:
        return
    if MandatoryReport.objects.visible_to(actor).filter(case=case).exists():
        return
    begin(
        MandatoryReport, actor=actor, case=case, at=When.instant(now), now=now, duty=Duty.MINOR if minor else Duty.INCAPABLE,
        situations=[Situation.MR9] if minor else [], account=account or _("Told on the telephone; see the call."),
    )  # fmt: skip
