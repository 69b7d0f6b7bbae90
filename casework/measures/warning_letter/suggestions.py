"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Wish
from casework.measures.warning_letter.models import WarningLetter
from casework.measures.warning_letter.workflow import STANDING, S
from casework.models import Case
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    letters = list(WarningLetter.objects.visible_to(actor).filter(case=case).select_related("case"))
    if Wish.LETTER in case.wishes and not letters:
        yield Suggestion(
            _("She asks for a warning letter, and none is being prepared: the police shall then generally issue one."),
            reverse("casework:open_measure", args=[case.pk, "warning_letter"]), _("Prepare a warning letter"), "W03",
        )  # fmt: skip
    standing = [letter for letter in letters if letter.state in STANDING]
    if standing and not standing[0].case_has("plan"):
        yield Suggestion(
            _("A warning letter stands and there is no safety plan: its service can set off new violence."),
            reverse("casework:safety", args=[case.pk]), _("Write the safety plan"), "F03", True,
        )  # fmt: skip
    for letter in letters:
        if letter.state == S.RELAPSED:
            yield Suggestion(
                _("Violence or defiance after the warning letter: it calls for a penalty, not for another letter."),
                letter.get_absolute_url(), _("See the letter"), "W18", True,
            )  # fmt: skip
