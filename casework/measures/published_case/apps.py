"""典型案例."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishedCaseConfig(AppConfig):
    name = "casework.measures.published_case"
    label = "published_case"
    verbose_name = _("Published case")
