"""Numbers for supervisors: counted as things happen, shown only through the gate."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = _("Statistics")

    def ready(self) -> None:
        import_module("casework.exports.sources").register(import_module("indicators.exporting").FIGURES)
