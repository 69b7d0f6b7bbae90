"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Danger
from casework.measures.family_mediation.models import FamilyMediation
from casework.measures.family_mediation.workflow import FLOW, OPEN
from casework.models import Case
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    """Danger that rises while they talk ends the talks."""
    if case.danger != Danger.HIGH:
        return
    for mediation in FamilyMediation.objects.visible_to(actor).filter(case=case, state__in=OPEN):
        yield Suggestion(
            _("The danger has become high while a mediation is going on: it may not go on."),
            reverse("workflow:move", args=[FLOW.key, mediation.pk, "stop"]), _("Stop it"), "F03", True, firm=True,
        )  # fmt: skip
