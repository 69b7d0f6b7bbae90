"""强制报告."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "report_found": _("A mandatory report came in: take it up and answer with the number of the receipt"),
    "report_made": _("A mandatory report was made to you"),
    "report_taken": _("The police took up a mandatory report"),
    "report_refused": _("The police did not take up a mandatory report"),
    "report_answered": _("The police fed back on a mandatory report"),
    "report_chased": _("The federation asks for your answer to a mandatory report"),
    "report_clue": _("A clue for the supervision of police filing was sent to you"),
    "report_clue_answered": _("The procuratorate answered to a supervision clue"),
}


class MandatoryReportConfig(AppConfig):
    name = "casework.measures.mandatory_report"
    label = "mandatory_report"
    verbose_name = _("Mandatory report")

    def ready(self) -> None:
        """Offer this room's suggestions and papers to the page of the case, and words for its messages."""
        suggest = import_module("casework.measures.mandatory_report.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        import_module("casework.notices").name_notices(NOTICES)
        papers = import_module("casework.measures.mandatory_report.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
