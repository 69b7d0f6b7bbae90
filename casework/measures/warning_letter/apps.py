"""告诫书."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WarningLetterConfig(AppConfig):
    name = "casework.measures.warning_letter"
    label = "warning_letter"
    verbose_name = _("Warning letter")
