"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Wish
from casework.measures.recovery_plan.models import RecoveryPlan
from casework.measures.recovery_plan.workflow import FLOW
from casework.models import Case
from casework.suggestions import Suggestion

WISHED = frozenset({Wish.COUNSELLING, Wish.MONEY})


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    """She asked for it and nobody has planned it; danger and safety come first, so not before they were looked at."""
    if not FLOW.opening.who(actor) or case.state == "intake" or not WISHED & set(case.wishes):
        return
    if not RecoveryPlan.objects.filter(case=case).exists():
        yield Suggestion(
            _("She asked for counselling or help with money: write a recovery plan with her."),
            reverse("casework:open_measure", args=[case.pk, FLOW.key]), FLOW.opening.button, "A22",
        )  # fmt: skip
