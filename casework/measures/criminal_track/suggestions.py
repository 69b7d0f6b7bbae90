"""What this room offers on the page of a case."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from casework.measures.criminal_track.codes import CRIMINAL
from casework.measures.criminal_track.models import CriminalTrack
from casework.measures.criminal_track.workflow import S
from casework.models import Case
from casework.suggestions import Suggestion


def suggest(case: Case, actor: Actor) -> Iterator[Suggestion]:
    for track in CriminalTrack.objects.visible_to(actor).filter(case=case):
        url = track.get_absolute_url()
        if track.state == S.REPORTED and track.grade in CRIMINAL:
            yield Suggestion(
                _("The appraisal says light injury or worse, and no criminal case is filed. Ask the police."), url,
                _("To the criminal track"), "O8", True,
            )  # fmt: skip
        if track.state in (S.NOT_FILED, S.DROPPED, S.NOT_PROSECUTED):
            yield Suggestion(
                _("The criminal matter was not taken further: the procuratorate can be asked to look into it."),
                url, _("To the criminal track"), "M6",
            )  # fmt: skip
