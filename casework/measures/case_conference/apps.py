"""个案会商."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseConferenceConfig(AppConfig):
    name = "casework.measures.case_conference"
    label = "case_conference"
    verbose_name = _("Case conference")

    def ready(self) -> None:
        import_module("casework.notices").name_notices(
            {
                "conference_called": _("You are invited to a case conference"),
                "conference_dropped": _("A case conference does not take place"),
            }
        )
        import_module("casework.house").add_page(_("Case conferences"), "case_conference:agenda")
        suggest = import_module("casework.measures.case_conference.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        papers = import_module("casework.measures.case_conference.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
