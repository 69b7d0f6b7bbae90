"""回访."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

NOTICES = {
    "visit_asked": _("A women's federation asks you to look in on somebody"),
    "visit_check_asked": _("A women's federation asks you to check that somebody is safe"),
    "visit_seen": _("The woman you were looking for was seen"),
    "visit_trouble": _("She was seen, and something is wrong: act now"),
    "visit_not_seen": _("She was not found: the search goes on"),
}


class FollowUpVisitConfig(AppConfig):
    name = "casework.measures.follow_up_visit"
    label = "follow_up_visit"
    verbose_name = _("Follow-up visit")

    def ready(self) -> None:
        """Offer this room's suggestions and papers to the page of the case, and words for its messages."""
        room = "casework.measures.follow_up_visit.suggestions"
        import_module("casework.suggestions").register(import_module(room).suggest)
        import_module("casework.notices").name_notices(NOTICES)
        papers = import_module("casework.measures.follow_up_visit.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
