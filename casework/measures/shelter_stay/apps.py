"""紧急庇护."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "shelter_asked": _("A women's federation asks you for a safe place"),
    "shelter_dropped": _("A request for a place in the shelter was withdrawn"),
    "shelter_checked": _("The shelter makes a place ready"),
    "shelter_in": _("She has been taken into the shelter"),
    "shelter_care": _("A minor has been taken into temporary guardianship"),
    "shelter_no_place": _("There is no place in the shelter: look for another one now"),
    "shelter_longer": _("A longer stay in the shelter has been filed"),
    "shelter_left": _("She has left the shelter: visit her"),
    "shelter_handed_over": _("A minor was handed over by the shelter: visit"),
}


class ShelterStayConfig(AppConfig):
    name = "casework.measures.shelter_stay"
    label = "shelter_stay"
    verbose_name = _("Emergency shelter")

    def ready(self) -> None:
        """Words for this room's messages, its papers, and what it offers to the page of a case."""
        import_module("casework.notices").name_notices(NOTICES)
        room = import_module("casework.measures.shelter_stay.suggestions")
        import_module("casework.suggestions").register(room.suggest)
        papers = import_module("casework.measures.shelter_stay.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
