"""刑事."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

NOTICES = {
    "crime_filed": _("A criminal case was filed"),
    "crime_not_filed": _("The police did not file a criminal case"),
    "crime_dropped": _("A criminal case was dropped"),
    "crime_transferred": _("A criminal case was passed on for prosecution"),
    "crime_not_prosecuted": _("There is no prosecution in a criminal case"),
    "crime_prosecuted": _("Charges were brought in a criminal case"),
    "crime_convicted": _("There is a criminal judgment"),
    "crime_acquitted": _("There is a criminal judgment"),
    "crime_released": _("The suspect is free: look at her safety now"),
}


class CriminalTrackConfig(AppConfig):
    name = "casework.measures.criminal_track"
    label = "criminal_track"
    verbose_name = p_("measure", "Criminal track")

    def ready(self) -> None:
        import_module("casework.notices").name_notices(NOTICES)
        offered = import_module("casework.measures.criminal_track.suggestions").suggest
        import_module("casework.suggestions").register(offered)
