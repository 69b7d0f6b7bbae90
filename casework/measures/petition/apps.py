"""信访."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionConfig(AppConfig):
    name = "casework.measures.petition"
    label = "petition"
    verbose_name = _("Petition")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case."""
        suggest = import_module("casework.measures.petition.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
        import_module("casework.notices").name_notices(
            {"petition_review": _("Review of a petition was asked for")}
        )
