"""The evidence register. The file itself is sealed on disk; its hash shows that it is unchanged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.codes import EvidenceClass
from casework.models.parts import Happened, ToldPart
from privacy.fields import SealedText
from privacy.history import sealed_history


class Evidence(Happened, ToldPart):
    kind = models.CharField(_("Class of evidence"), max_length=4, choices=EvidenceClass.choices)
    title = SealedText(_("What it is"), pad=64, max_length=120)
    note = SealedText(_("Where it comes from"), pad=256, max_length=2000, blank=True, null=True)
    original_held = models.BooleanField(_("We hold the original"), default=False)
    file_id = models.UUIDField(null=True, editable=False)
    file_name = SealedText(_("File name"), pad=64, max_length=200, blank=True, null=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False)
    media_type = models.CharField(max_length=40, blank=True, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    history = sealed_history()

    class Meta:
        ordering = ("kind", "created_at")

    def __str__(self) -> str:
        return self.kind

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")
