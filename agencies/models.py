"""Where people work, who they are, and in which posting they act."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from agencies.door_rows import Network, OpenSession
from agencies.factor_rows import CodeApp, FactorReset, FactorTries, Passkey, RecoveryCode
from agencies.file_marks import FileMark
from agencies.kinds import AgencyKind, Role, roles_in
from agencies.managers import UserManager
from agencies.marks import mark_of
from agencies.need_to_know import Emergency, Recusal
from agencies.provider_rows import ProviderLink, ProviderTry
from agencies.usernames import MAX_LENGTH, normalise_username
from agencies.watchrows import WatchAlert

__all__ = [
    "Agency",
    "Area",
    "CodeApp",
    "Emergency",
    "FactorReset",
    "FactorTries",
    "FileMark",
    "Network",
    "OpenSession",
    "Passkey",
    "Posting",
    "PostingQuerySet",
    "ProviderLink",
    "ProviderTry",
    "RecoveryCode",
    "Recusal",
    "SignInAttempt",
    "User",
    "WatchAlert",
]


def _read_changer(row: Any) -> Any:
    return row.history_user_id


def _write_changer(row: Any, user_id: uuid.UUID | None) -> None:
    row.history_user_id = user_id


def _history(excluded: tuple[str, ...] = ()) -> HistoricalRecords:
    """Old versions under UUIDs; who changed them is told by setting `_history_user` to a user id."""
    return HistoricalRecords(
        history_id_field=models.UUIDField(default=uuid.uuid4),
        history_user_id_field=models.UUIDField(null=True),
        history_user_getter=_read_changer,
        history_user_setter=_write_changer,
        excluded_fields=list(excluded),
    )


class Area(models.Model):
    """A place of the administrative division; `code` is its division code."""

    code = models.CharField(_("Division code"), max_length=12, primary_key=True)
    name = models.CharField(_("Name of the place"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("Part of")
    )

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """A body that acts. Which bodies exist is data: nothing in the code assumes that one of them does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=24, choices=AgencyKind.choices)
    name = models.CharField(_("Full name"), max_length=80, unique=True)
    short_name = models.CharField(_("Short name"), max_length=24)
    area = models.ForeignKey(Area, models.PROTECT, related_name="agencies", verbose_name=_("Area"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Belongs to")
    )
    escalates_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Overdue matters go up to"),
    )
    is_active = models.BooleanField(_("In use"), default=True)
    history = _history()

    class Meta:
        ordering: ClassVar = ["kind", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="agency_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(escalates_to=None) | ~Q(escalates_to=F("id")), name="agency_not_own_superior"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """No circle, in either line upward."""
        for line in ("parent", "escalates_to"):
            seen, above = {self.pk}, getattr(self, line)
            while above is not None:
                if above.pk in seen:
                    raise ValidationError({line: _("This would make the agency its own superior.")})
                seen.add(above.pk)
                above = getattr(above, line)


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from a posting, never from here.

    `session_epoch` is stamped into every session; raising it ends all of them at their next request.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("Username"), max_length=MAX_LENGTH, unique=True)
    display_name = models.CharField(_("Name shown"), max_length=60)
    is_active = models.BooleanField(_("May sign in"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(default=timezone.now)
    session_epoch = models.PositiveIntegerField(default=0)
    last_login = None
    history = _history(excluded=("password", "session_epoch"))

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username = normalise_username(self.username)
        super().save(*args, **kwargs)


class PostingQuerySet(models.QuerySet["Posting"]):
    def with_emergency(self) -> "PostingQuerySet":
        """`emergency`: the file that is open to this posting by break-glass now, in the same query."""
        found = Emergency.objects.open().filter(posting=OuterRef("pk")).order_by()
        return self.annotate(emergency=Subquery(found.values("subject_id")[:1]))

    def in_force(self, now: datetime) -> "PostingQuerySet":
        return self.filter(
            Q(ends=None) | Q(ends__gt=now), starts__lte=now, user__is_active=True, agency__is_active=True
        )


class Posting(models.Model):
    """A user works in an agency in a role, from `starts` until before `ends` (None: no end known).

    `mark` binds all of this to a key that the database does not have; a row without its mark counts for nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="postings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings", verbose_name=_("Agency"))
    role = models.CharField(pgettext_lazy("posting", "Role"), max_length=16, choices=Role.choices)
    starts = models.DateTimeField(pgettext_lazy("period", "From"), default=timezone.now)
    ends = models.DateTimeField(pgettext_lazy("period", "Until"), null=True, blank=True)
    mark = models.BinaryField(default=b"", editable=False)
    history = _history(excluded=("mark",))

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="posting_ends_later"
            ),
            models.CheckConstraint(condition=~Q(role=Role.SYSTEM), name="posting_never_system"),
            models.UniqueConstraint(
                fields=["user", "agency", "role"], condition=Q(ends=None), name="posting_once_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.agency}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.mark = mark_of(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.role not in roles_in(self.agency.kind):
            raise ValidationError({"role": _("Nobody holds this role in an agency of this kind.")})
        if self.ends is not None and self.ends <= self.starts:
            raise ValidationError({"ends": _("The end must be later than the beginning.")})


class SignInAttempt(models.Model):
    """A password that was checked: from where, for which name, and whether it was right. Kept 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=MAX_LENGTH)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    right = models.BooleanField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["username", "right", "at"], name="sign_in_by_name"),
            models.Index(fields=["address", "right", "at"], name="sign_in_by_address"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
