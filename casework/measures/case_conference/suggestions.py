"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.measures.case_conference.selectors import without_conference
from casework.measures.case_conference.workflow import FLOW
from casework.models import Case
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    if FLOW.opening.who(actor) and without_conference(actor).filter(pk=case.pk).exists():
        yield Suggestion(
            _("The danger is high and the bodies have not sat together: propose a case conference."),
            reverse("casework:open_measure", args=[case.pk, FLOW.key]), _("Propose it"), "F03 N02",
        )  # fmt: skip
