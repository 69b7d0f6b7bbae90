"""Checks a name and a password; takes as long for a name nobody has as for one somebody has."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.utils import timezone

from agencies.models import User

# A password told by an administrator is good for a few days only.
ONE_TIME_VALID = timedelta(days=3)


class StaffBackend(BaseBackend):
    """Permissions are no matter of accounts: this backend knows none."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **other: Any
    ) -> User | None:
        user = User.objects.filter(username=username).first()
        if user is None:
            make_password(password)
            return None
        right = check_password(password, user.password, setter=lambda raw: _rehash(user, raw))
        stale = user.must_change_password and timezone.now() - user.password_changed_at > ONE_TIME_VALID
        return user if right and user.is_active and not stale else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def _rehash(user: User, raw: str) -> None:
    """The hasher's cost was raised: store the same password under it, without ending any session."""
    User.objects.filter(pk=user.pk).update(password=make_password(raw))
