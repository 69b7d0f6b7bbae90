"""The tables that chain the reading register: a link per row, where each chain ends, and what was signed of it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

NO_AGENCY = UUID(int=0)
"""The chain of those who act for no agency: the system itself."""


class AuditLink(models.Model):
    """The place of one register row in the chain of its agency. `mac` covers the row's and that of the link before.

    No foreign key: that a row is gone must be seen by whoever checks the chain, not be prevented only.
    """

    id = models.BigAutoField(primary_key=True)
    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    row = models.UUIDField(unique=True)
    kid = models.PositiveIntegerField()
    mac = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "seq"], name="one_link_per_place")]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class AuditChain(models.Model):
    """Where a chain ends; locked while links are added. Only a convenience: every check reads the links."""

    chain = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    mac = models.BinaryField(max_length=32, default=b"")
    upto = models.UUIDField(null=True)
    verified = models.PositiveBigIntegerField(default=0)
    verified_at = models.DateTimeField(null=True)
    bad_seq = models.PositiveBigIntegerField(null=True)
    bad_row = models.UUIDField(null=True)
    fault = models.CharField(max_length=16, default="")

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class AuditCheckpoint(models.Model):
    """Where all chains stood at one time, signed. The row never changes; what was sent stands in AuditSink."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    content = models.TextField()
    signature = models.BinaryField(max_length=64)
    kid = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"checkpoint {self.pk}"


class AuditSink(models.Model):
    """Up to which checkpoint a sink has been told."""

    name = models.CharField(max_length=200, primary_key=True)
    upto = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class BaitMark(models.Model):
    """A case, call or person nobody has a reason to open: whoever does is told of."""

    object_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)
