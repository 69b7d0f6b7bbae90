"""Danger, as answered and as judged. The answers are kept, not only the sum."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.codes import Danger, Trigger
from casework.models.case import Case
from casework.models.parts import CasePart, Happened
from privacy.fields import SealedJSON, SealedText
from privacy.history import sealed_history


class DangerAssessment(Happened, CasePart):
    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments", editable=False)
    tool = models.CharField(max_length=32)
    tool_version = models.CharField(max_length=16)
    trigger = models.CharField(_("Occasion"), max_length=24, choices=Trigger.choices, blank=True)
    answers = SealedJSON(_("Answers"))
    yes_count = models.PositiveSmallIntegerField(default=0)
    unknown_count = models.PositiveSmallIntegerField(default=0)
    flagged = models.BooleanField(default=False)
    computed = models.CharField(max_length=16, choices=Danger.choices)
    level = models.CharField(_("Danger"), max_length=16, choices=Danger.choices)
    overridden = models.BooleanField(default=False)
    reason = SealedText(_("Reason for the judgement"), pad=256, max_length=2000, blank=True, null=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.level
