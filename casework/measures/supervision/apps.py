"""建议查处、督促处理."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class SupervisionConfig(AppConfig):
    name = "casework.measures.supervision"
    label = "supervision"
    verbose_name = _("Supervision")

    def ready(self) -> None:
        name_notices(
            {
                "supervision_requested": _(
                    "The federation asks you to look into a matter and to answer in writing"
                ),
                "supervision_opinion": _("The federation urges you in writing: an answer is due"),
                "supervision_inspection": _("A matter of yours was put before the government for inspection"),
                "supervision_clue": _("The federation passes on a clue"),
                "supervision_answered": _("An answer to a request of ours has come"),
                "supervision_support": _("The federation asks you to support her suit"),
            }
        )
        papers = import_module("casework.measures.supervision.documents").PAPERS
        import_module("casework.paper.papers").register(papers)
