"""What the watches over the reading register and over the door have to tell: ids and codes only."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy


class Rule(models.TextChoices):
    MASS_BROWSE = "mass_browse", pgettext_lazy("alert of the register", "Very many cases in a short time")
    GUESSING = "guessing", pgettext_lazy("alert of the register", "Very many refusals in a short time")
    LOOK_UPS = "look_ups", pgettext_lazy("alert of the register", "Very many people looked up in an hour")
    OUT_OF_HOURS = (
        "out_of_hours",
        pgettext_lazy("alert of the register", "Protected data opened outside working hours"),
    )
    BAIT = "bait", pgettext_lazy("alert of the register", "A file opened that nobody has a reason to open")
    BAD_SEAL = "bad_seal", pgettext_lazy("alert of the register", "A record did not pass its check")
    FOREIGN_KEY = (
        "foreign_key",
        pgettext_lazy("alert of the register", "A process tried to open what it has no key for"),
    )
    GUESSED_NAME = "guessed_name", pgettext_lazy("alarm", "One name is guessed at from many places")
    GUESSED_CODE = "guessed_code", pgettext_lazy("alarm", "Wrong second steps after a right password")
    CHANGED_POSTING = "changed_posting", pgettext_lazy("alarm", "A posting was changed behind the product")
    COPIED_KEY = "copied_key", pgettext_lazy("alarm", "A passkey seems to have been copied")
    CHANGED_LINK = (
        "changed_link",
        pgettext_lazy("alarm", "A link to the provider was changed behind the product"),
    )
    FORGED_TOKEN = (
        "forged_token",
        pgettext_lazy("alarm", "An answer of the identity provider was not genuine"),
    )


AT_THE_DOOR = (
    Rule.GUESSED_NAME, Rule.GUESSED_CODE, Rule.CHANGED_POSTING, Rule.COPIED_KEY, Rule.CHANGED_LINK, Rule.FORGED_TOKEN,
)  # fmt: skip


class WatchAlert(models.Model):
    """One alert to one agency. `key` says of whom, what and when, so that the same is told once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    rule = models.CharField(max_length=16, choices=Rule)
    at = models.DateTimeField()
    agency = models.UUIDField()
    user = models.UUIDField(null=True)
    role = models.CharField(max_length=16, blank=True)
    owner = models.UUIDField(null=True)
    count = models.PositiveIntegerField(default=1)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["agency", "seen_at", "-at"], name="watch_alerts")]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"
