"""What counts as proof that this is still the same person, and what of it a page can offer."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from agencies import factors
from agencies.models import User
from agencies.sign_in import prove

# No form of ours has fields of these names.
PASSWORD = "huhang-proof-password"  # noqa: S105
FIELDS = (PASSWORD, factors.CODE, factors.PASSKEY)


def check(request: HttpRequest, user: User, now: datetime) -> None:
    """NotSignedIn unless this request brings the second step, or the password of somebody who has none."""
    if factors.has_any(user):
        factors.check(request, user, now)
    else:
        prove(request, user.username, request.POST.get(PASSWORD, ""), now)


def offered(user: User) -> dict[str, Any]:
    """What the page asks of this user."""
    return {"who": user, "password_field": PASSWORD, "second": factors.has_any(user), **factors.offered(user)}
