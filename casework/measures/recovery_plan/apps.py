"""康复计划."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecoveryPlanConfig(AppConfig):
    name = "casework.measures.recovery_plan"
    label = "recovery_plan"
    verbose_name = _("Recovery plan")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case."""
        suggest = import_module("casework.measures.recovery_plan.suggestions").suggest
        import_module("casework.suggestions").register(suggest)
