"""加害人干预."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "intervention_asked": _("You are asked to work with a perpetrator"),
    "intervention_running": _("The work with a perpetrator has begun"),
    "intervention_declined": _("A body declined to work with a perpetrator"),
    "intervention_missed": _("A perpetrator stays away from the sessions"),
    "intervention_breach": _("A breach in the work with a perpetrator"),
    "intervention_danger": _("Danger: a threat or new violence in the work with a perpetrator"),
    "intervention_completed": _("The work with a perpetrator is completed"),
    "intervention_broken_off": _("The work with a perpetrator was broken off"),
    "intervention_closed": _("The work with a perpetrator is not pursued"),
}


class PerpetratorInterventionConfig(AppConfig):
    name = "casework.measures.perpetrator_intervention"
    label = "perpetrator_intervention"
    verbose_name = _("Work with the perpetrator")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case, and words for its messages."""
        suggest = import_module("casework.measures.perpetrator_intervention.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        import_module("casework.notices").name_notices(NOTICES)
