"""婚姻家庭纠纷调解."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamilyMediationConfig(AppConfig):
    name = "casework.measures.family_mediation"
    label = "family_mediation"
    verbose_name = _("Family mediation")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case."""
        suggest = import_module("casework.measures.family_mediation.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
