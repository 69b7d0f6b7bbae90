"""回访."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowUpVisitConfig(AppConfig):
    name = "casework.measures.follow_up_visit"
    label = "follow_up_visit"
    verbose_name = _("Follow-up visit")
