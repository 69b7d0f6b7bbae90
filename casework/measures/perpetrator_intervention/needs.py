"""What the work with a perpetrator needs before a step."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflow.table import need

if TYPE_CHECKING:
    from casework.measures.perpetrator_intervention.models import PerpetratorIntervention


@need(
    _("Record the perpetrator with a name in this case first; if there are several, choose one."), law="A22"
)
def perpetrator_named(file: "PerpetratorIntervention") -> bool:
    return file.whom() is not None


@need(_("No session was attended yet: break it off, or record the session first."), law="A22")
def session_attended(file: "PerpetratorIntervention") -> bool:
    return file.attended > 0


@need(_("Fewer sessions were attended than planned: say why it ends now."), law="A22")
def planned_done_or_reasoned(file: "PerpetratorIntervention") -> bool:
    return file.attended >= (file.planned or 0) or bool(file.asked.get("short_reason"))
