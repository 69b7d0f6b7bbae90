"""人身安全保护令."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionOrdersConfig(AppConfig):
    name = "protection_orders"
    verbose_name = _("Protection orders")

    def ready(self) -> None:
        """Offer this room's suggestions to the page of the case."""
        suggestions = import_module("casework.suggestions")
        suggestions.register(import_module("protection_orders.suggestions").suggest)
