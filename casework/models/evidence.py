"""The evidence register. The file itself is sealed on disk; its hash shows that it is unchanged."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from casework.codes import EvidenceClass
from casework.media import AMR
from casework.models.parts import CasePart, Happened, ToldPart
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
    sm3 = models.CharField(max_length=64, blank=True, editable=False)
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

    @property
    def is_shown(self) -> bool:
        """Whether a page can show or play it. A PDF is never opened inside our pages."""
        return self.media_type.partition("/")[0] in ("image", "audio", "video") and self.media_type != AMR


class CopyState(models.TextChoices):
    WAITING = "waiting", p_("copy", "Being made")
    READY = "ready", p_("copy", "Ready")
    NONE = "none", p_("copy", "Cannot be made")
    INFECTED = "infected", p_("copy", "Held back: the scanner found something harmful")


class EvidenceCopy(CasePart):
    """The copy of a file to look at and to hand on; sealed like the original, made once, after it was scanned."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="copy")
    state = models.CharField(max_length=8, choices=CopyState.choices, default=CopyState.WAITING)
    file_id = models.UUIDField(null=True)
    media_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=models.Q(state="waiting"), name="copy_waiting")
        ]

    def __str__(self) -> str:
        return self.state
