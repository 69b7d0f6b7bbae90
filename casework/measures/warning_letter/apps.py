"""告诫书."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "letter_requested": _("The federation asks for a warning letter"),
    "letter_dropped": _("The federation no longer asks for a warning letter"),
    "letter_accepted": _("The police took up a warning letter"),
    "letter_issued": _("A warning letter was issued"),
    "letter_service_asked": _("The federation asks to serve a warning letter"),
    "letter_notice": _("The police gave notice of a warning letter"),
    "letter_served": _("A warning letter was served; help with the visits"),
    "letter_relapsed": _("New violence or defiance after a warning letter"),
    "letter_ended": _("The visits after a warning letter have ended"),
    "letter_criticised": _("The police chose criticism and education, no warning letter"),
    "letter_penalised": _("The police imposed a penalty"),
    "letter_prosecuted": _("The police took it up as a crime"),
    "letter_refused": _("The police refused a warning letter"),
}


class WarningLetterConfig(AppConfig):
    name = "casework.measures.warning_letter"
    label = "warning_letter"
    verbose_name = _("Warning letter")

    def ready(self) -> None:
        """Offer this room's suggestions and papers to the page of the case, and words for its messages."""
        suggest = import_module("casework.measures.warning_letter.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        import_module("casework.notices").name_notices(NOTICES)
        papers = import_module("casework.measures.warning_letter.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
