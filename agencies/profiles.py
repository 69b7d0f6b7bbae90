"""Where the two policy profiles differ about passwords: GB/T 22239 wants signs and replacement, ASVS length and neither."""

from datetime import datetime, timedelta

from django.conf import settings

from agencies.models import User

AGE = timedelta(days=90)


def password_is_due(user: User, now: datetime) -> bool:
    """Whether a new one must be chosen before anything else: it was told by somebody, or it is too old."""
    too_old = settings.SECURITY_PROFILE == "djcp3" and now - user.password_changed_at > AGE
    return user.must_change_password or too_old
