"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.measures.petition.models import Petition
from casework.measures.petition.workflow import FLOW
from casework.models import Case
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    if case.named_petition and not Petition.objects.visible_to(actor).filter(case=case).exists():
        yield Suggestion(
            _("This came as a named petition: register it, so that its time limits run."),
            reverse("casework:open_measure", args=[case.pk, FLOW.key]), _("Register it"), "X02",
        )  # fmt: skip
