"""How accounts are made and found."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.base_user import BaseUserManager
from django.utils import timezone

from agencies.usernames import normalise_username

if TYPE_CHECKING:
    from agencies.models import User


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, *, by: UUID | None = None, **fields: Any
    ) -> "User":
        """An account with a hashed password; None: one that cannot sign in. `by`: the id of who makes it."""
        user = self.model(username=normalise_username(username), password_changed_at=timezone.now(), **fields)
        user.set_password(password)
        user._history_user = by  # type: ignore[attr-defined]
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=normalise_username(username or ""))
