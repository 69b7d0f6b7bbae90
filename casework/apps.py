from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Cases")

    def ready(self) -> None:
        """Hand over this room's papers, and what the case itself offers on its page."""
        import_module("casework.suggestions").register(import_module("casework.hints").suggest)
        import_module("casework.paper.papers").register(import_module("casework.documents").PAPERS)
