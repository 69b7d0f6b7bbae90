"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Flag
from casework.measures.guardianship.models import Guardianship
from casework.measures.guardianship.workflow import FLOW, S
from casework.models import Case
from casework.needs import STILL_OPEN
from casework.suggestions import Suggestion

WARDS = frozenset({Flag.MINOR, Flag.INCAPABLE})


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    if case.state not in STILL_OPEN:
        return
    matters = list(Guardianship.objects.visible_to(actor).filter(case=case))
    flags = set(case.flags)
    if not matters and Flag.GUARDIAN_SUSPECT in flags and flags & WARDS:
        yield Suggestion(
            _("The guardian is the suspected perpetrator: the court can take the guardianship away."),
            reverse("casework:open_measure", args=[case.pk, FLOW.key]), _("Prepare an application"), "A21",
        )  # fmt: skip
    for matter in matters:
        if matter.state == S.PREPARED and matter.in_care:
            yield Suggestion(
                _("The ward is in temporary care: within a year he or she goes back or the application is filed."),
                reverse("workflow:move", args=[FLOW.key, matter.pk, "file"]), _("File it"), "G05",
            )  # fmt: skip
