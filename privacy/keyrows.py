"""The rows of the key ring. They hold wrapped keys only; the key that opens them is not in the database."""

from typing import ClassVar

from django.db import models


class KeyState(models.TextChoices):
    """PENDING is spread before use; PRIMARY writes; ACTIVE still reads; DISABLED and DESTROYED do neither."""

    PENDING = "pending"
    PRIMARY = "primary"
    ACTIVE = "active"
    DISABLED = "disabled"
    DESTROYED = "destroyed"


class KeyVersion(models.Model):
    """One purpose key, wrapped by the key-encryption key. `kcv` is a check value: it proves the right key."""

    kid = models.PositiveIntegerField(primary_key=True)
    purpose = models.CharField(max_length=32)
    suite = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=KeyState)
    wrapped = models.BinaryField()
    kcv = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

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
    """The key of one case (or call) and one compartment. Deleting this row shreds all that it sealed.

    `id` is the u32 key id in every ciphertext; `wrapping_kid` the purpose key that wraps it.
    """

    id = models.AutoField(primary_key=True)
    owner = models.UUIDField()
    compartment = models.CharField(max_length=16)
    suite = models.PositiveSmallIntegerField()
    wrapping_kid = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "compartment"], name="one_data_key_per_owner_and_compartment"
            )
        ]

    def __str__(self) -> str:
        return f"data key {self.pk}"
