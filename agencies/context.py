"""What every page may show of whoever is acting."""

from typing import Any

from django.http import HttpRequest

from agencies import session as sessions
from agencies.need_to_know import Emergency


def actor(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `posting` (with .agency and .get_role_display) and `idle_seconds` (0: nobody is signed in)."""
    acting = getattr(request, "actor", None)
    seconds = int(sessions.idle_limit(acting.role).total_seconds()) if acting else 0
    found = {"actor": acting, "posting": getattr(request, "posting", None), "idle_seconds": seconds}
    if acting and acting.emergency:
        found["emergency"] = Emergency.objects.open().filter(posting=acting.posting_id).first()
    return found
