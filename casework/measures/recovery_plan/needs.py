"""What a recovery plan needs before a step: her own wish, and that nobody is forgotten."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.recovery_plan.models import RecoveryPlan

REVIEW_WITHIN = timedelta(days=90)  # the house's own policy, not law


@need(_("There is already a plan for the same person in this case: go on with that one."), law="H01")
def no_other_open(plan: "RecoveryPlan") -> bool:
    return not plan.others_open()


@need(_("Write down at least one goal of hers first."), law="A05")
def has_goal(plan: "RecoveryPlan") -> bool:
    return plan.goals.exists()


@need(_("The plan begins only if she agrees herself."), law="A05")
def agreed_herself(plan: "RecoveryPlan") -> bool:
    return plan.asked.get("agrees", True) is True


@need(_("The next look at the plan lies ahead, at most 90 days away (house policy)."), law="H01")
def review_ahead(plan: "RecoveryPlan") -> bool:
    today = timezone.localdate(plan.moment)
    return plan.review_on is None or today < plan.review_on <= today + REVIEW_WITHIN


@need(_("No request for assistance is waiting for an answer."), law="N03")
def aid_is_waiting(plan: "RecoveryPlan") -> bool:
    return bool(plan.waiting_aid())


@need(_("No goal is under way."), law="A05")
def goal_is_open(plan: "RecoveryPlan") -> bool:
    return bool(plan.open_goals())


@need(_("A goal is still under way: say of each whether it was reached or given up."), law="A05")
def goals_settled(plan: "RecoveryPlan") -> bool:
    return not plan.open_goals()


@need(
    _("A request for assistance is still waiting: record the answer or that it is no longer asked for."),
    law="N03",
)
def aid_answered(plan: "RecoveryPlan") -> bool:
    return not plan.waiting_aid()


@need(_("Look at the plan with her at least once before it is completed."), law="H01")
def reviewed(plan: "RecoveryPlan") -> bool:
    return plan.reviews > 0
