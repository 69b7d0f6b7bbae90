"""The register of what was printed. The files lie sealed on disk; what was printed once is served again byte for byte."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency, Posting
from casework.models.parts import CasePart

ARCHIVE = "archive"  # the kind of a document that is a pack of others


class Document(CasePart):
    """`kind`: the key of the paper; `obj_id`: what it was printed from; `serial` runs per body and year. Never changed."""

    kind = models.CharField(max_length=40)
    obj_id = models.UUIDField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Printed by"))
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="document_number_once")
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Whoever may see the case; a liaison what her own body printed."""
        if actor.role == Role.LIAISON:
            return Q(agency_id=actor.agency_id)
        return super().scope(actor)

    @property
    def number(self) -> str:
        return f"{self.agency.short_name}〔{self.year}〕{self.serial}号"

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.pk])


class DocumentFile(CasePart):
    """One file of a document: its ending, and the size and SHA-256 of its clear content.

    `asks_proof`: an ID number stands in it, or nobody has looked; it is given out only after a proof of the person.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    ending = models.CharField(max_length=8)
    file_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    asks_proof = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-ending"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "ending"], name="document_file_once")
        ]

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(document__in=Document.objects.visible_to(actor).order_by())

    @property
    def file_name(self) -> str:
        """A name that says nothing about anybody."""
        return f"paper-{self.document_id.hex[:8]}.{self.ending}"


class Archive(CasePart):
    """One packing of a closed case, for whoever asked. `done` of `total` files so far; `document` when it is finished."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.BooleanField(default=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(document=None, failed=False), name="archive_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def running(self) -> bool:
        return self.document_id is None and not self.failed

    def get_absolute_url(self) -> str:
        return reverse("casework:archive", args=[self.pk])
