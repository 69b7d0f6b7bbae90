"""What was ticked on the checklist of the case's type: never changed, the latest word counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy as p_

from casework.codes import Matter, Ticked
from casework.models.parts import CasePart


class Tick(CasePart):
    """`item`: a key of `casework/data/case_types.yaml`; `version`: the edition it was made under."""

    matter = models.CharField(max_length=32, choices=Matter.choices)
    item = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    answer = models.CharField(p_("checklist", "Tick"), max_length=12, choices=Ticked.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.matter} {self.item} {self.answer}"
