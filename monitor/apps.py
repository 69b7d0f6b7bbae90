"""The plan's indicators: what units report, how far it is, what gives cause to worry. Reaches no case."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitorConfig(AppConfig):
    name = "monitor"
    verbose_name = _("Plan monitor")
