"""A suggestion that was set aside: by whom, why, and until something new happens."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.parts import CasePart
from privacy.fields import SealedText
from privacy.history import sealed_history


class SetAside(CasePart):
    """`code`: of the suggestion (codes and ids only); `law`: the rule it named. Taken back, the row stays."""

    code = models.CharField(max_length=200, editable=False)
    law = models.CharField(max_length=40, blank=True, editable=False)
    reason = SealedText(_("Why it is not followed"), pad=256, max_length=1000)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    history = sealed_history()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return str(self.pk)
