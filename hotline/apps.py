"""12338."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from casework.notices import name_notices


class HotlineConfig(AppConfig):
    name = "hotline"
    verbose_name = _("Hotline")

    def ready(self) -> None:
        name_notices(
            {
                "call_transferred": _(
                    "A hotline call was transferred to you. Ring the federation for the details."
                )
            }
        )
        import_module("casework.paper.papers").register(import_module("hotline.documents").PAPERS)
