"""询问（讲一次）."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy as p_


class InterviewConfig(AppConfig):
    name = "casework.measures.interview"
    label = "interview"
    verbose_name = p_("interview", "Interview")
