"""The rows of the key ring. They hold wrapped keys only; the key that opens them is not in the database."""

import uuid
from typing import ClassVar

from django.db import models


class KeyState(models.TextChoices):
    """PENDING is spread before use; PRIMARY writes; ACTIVE still reads; DISABLED and DESTROYED do neither.

    `privacy.keystates` knows which may follow which.
    """

    PENDING = "pending"
    PRIMARY = "primary"
    ACTIVE = "active"
    DISABLED = "disabled"
    DESTROYED = "destroyed"


class KeyVersion(models.Model):
    """One purpose key, wrapped by the key-encryption key `kek`. `kcv` is a check value: it proves the right key.

    The default stands in the database: an archive of the key ring from before there was more than one has no such column.
    """

    kid = models.PositiveIntegerField(primary_key=True)
    purpose = models.CharField(max_length=32)
    suite = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=KeyState)
    kek = models.CharField(max_length=16, db_default="kek")
    wrapped = models.BinaryField()
    kcv = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purpose"],
                condition=models.Q(state=KeyState.PRIMARY),
                name="one_primary_key_per_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.kid} ({self.state})"


class DataKey(models.Model):
    """A key of one case (or call) and one compartment. Deleting these rows shreds all that they sealed.

    `id` is the u32 key id in every ciphertext; `wrapping_kid` the purpose key that wraps it. One of an owner's
    keys is PRIMARY and seals; older ones open until everything is sealed anew.
    """

    id = models.AutoField(primary_key=True)
    owner = models.UUIDField()
    compartment = models.CharField(max_length=16)
    suite = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=KeyState, default=KeyState.PRIMARY)
    wrapping_kid = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "compartment"],
                condition=models.Q(state=KeyState.PRIMARY),
                name="one_primary_data_key_per_owner",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "compartment"], name="datakey_owner")]

    def __str__(self) -> str:
        return f"data key {self.pk}"


class RotationJob(models.Model):
    """One rotation: what is replaced by what, how far it is. Whoever runs the command again goes on from here."""

    RUNNING, DONE = "running", "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=32)
    suite = models.PositiveSmallIntegerField()
    old = models.PositiveIntegerField(null=True)
    new = models.PositiveIntegerField(null=True)
    phase = models.CharField(max_length=16)
    table = models.CharField(max_length=64, blank=True)
    cursor = models.CharField(max_length=64, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, default=RUNNING)
    wait_from = models.DateTimeField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_rotation_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.phase}"
