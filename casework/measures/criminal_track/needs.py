"""What the steps of a criminal matter need."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.measures.criminal_track.codes import Complexity, Custody
from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.criminal_track.models import CriminalTrack


@need(_("A complex appraisal has no separate opinion: record its document."), law="SJ98")
def simple_appraisal(track: "CriminalTrack") -> bool:
    return track.appraisal == Complexity.SIMPLE


@need(_("Choose detention or arrest."))
def is_held(track: "CriminalTrack") -> bool:
    return track.custody in (Custody.HELD, Custody.ARRESTED)


@need(_("Choose free, or released awaiting the outcome."))
def is_out(track: "CriminalTrack") -> bool:
    return track.custody in (Custody.FREE, Custody.BAILED)
