"""What this room offers on the page of a case."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.codes import Wish
from casework.happenings import HappeningKind
from casework.measures.warning_letter.codes import LetterType
from casework.measures.warning_letter.models import WarningLetter
from casework.measures.warning_letter.workflow import LIVE, STANDING, S
from casework.models import Case
from casework.suggestions import Suggestion
from workflow.models import Deadline

ALARMS_WITHIN = timedelta(days=183)  # our own rule


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
    yield from _second_alarm(case, letters)
    yield from _unvisited(case, letters)
    for letter in letters:
        if letter.state == S.RELAPSED:
            yield Suggestion(
                _("Violence or defiance after the warning letter: it calls for a penalty, not for another letter."),
                letter.get_absolute_url(), _("See the letter"), "W18", True,
            )  # fmt: skip


def _second_alarm(case: Case, letters: list[WarningLetter]) -> Iterator[Suggestion]:
    """Slight but repeated is no longer slight (GC18 10), and a letter stands for no penalty then (GJ34 20)."""
    since = timezone.now() - ALARMS_WITHIN
    called = case.incidents.filter(happened_to__gte=since, police_called=True).count()
    reported = case.happenings.filter(happened_to__gte=since, kind=HappeningKind.POLICE_REPORTED).count()
    alarms = max(called, reported)
    if alarms < 2:
        return
    words = _(
        "The police were called %(n)s times within six months: repeated violence is not slight any more."
    )
    if letters:
        yield Suggestion(
            words % {"n": alarms}, letters[-1].get_absolute_url(), _("See the letter"), "W18", True, key=f"alarms {alarms}",
        )  # fmt: skip
    else:
        page = reverse("casework:open_measure", args=[case.pk, "warning_letter"])
        yield Suggestion(
            words % {"n": alarms}, f"{page}?letter_type={LetterType.VIOLENCE}", _("Prepare a warning letter"), "F03 W03", True,
            key=f"alarms {alarms}",
        )  # fmt: skip


def _unvisited(case: Case, letters: list[WarningLetter]) -> Iterator[Suggestion]:
    """The station has seven days for the first visit after service; we ask, we do not visit in its place (GJ34 12)."""
    waiting = {
        letter.pk: letter for letter in letters if letter.state in LIVE and not letter.first_visit_done
    }
    if not waiting:
        return
    over = Deadline.objects.live().filter(
        obj_id__in=waiting, clock="wl_first_visit_7d", ended_to=None, legal_expiry__lt=timezone.now()
    )
    for clock in over:
        yield Suggestion(
            _("The letter was served more than seven days ago and no visit of the police is recorded: ask the station."),
            waiting[clock.obj_id].get_absolute_url(), _("See the letter"), "W11", True,
        )  # fmt: skip
