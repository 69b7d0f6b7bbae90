"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Danger, Wish
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.shelter_stay.workflow import S
from casework.models import Case
from casework.needs import STILL_OPEN
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    stays = list(ShelterStay.objects.visible_to(actor).filter(case=case))
    wished = case.danger == Danger.HIGH or Wish.SHELTER in case.wishes
    if wished and case.state in STILL_OPEN and not stays:
        yield Suggestion(
            _("The danger is high or she wishes for it: think of a place in the shelter."),
            reverse("casework:open_measure", args=[case.pk, "shelter_stay"]), _("Prepare a request"), "S09 S07",
            Wish.SHELTER in case.wishes,
        )  # fmt: skip
    for stay in stays:
        if stay.state == S.NO_PLACE:
            yield Suggestion(
                _("There was no place for her: another shelter has to be found at once."),
                reverse("workflow:move", args=["shelter_stay", stay.pk, "request"]), _("Ask another shelter"), "S09", True,
            )  # fmt: skip
