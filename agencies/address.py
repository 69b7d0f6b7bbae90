"""Where a request comes from, and from what kind of device."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The peer's address; a header counts only when settings name one that our own proxy overwrites."""
    text = str(request.META.get(settings.CLIENT_ADDRESS_HEADER or "REMOTE_ADDR", ""))
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


# The first word found is the name people know; Edge says Chrome too, and Chrome says Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("MicroMessenger", "微信"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def device_of(request: HttpRequest) -> str:
    """In two words, so that people recognise their own; nothing of what the browser says is kept as it is."""
    said = request.META.get("HTTP_USER_AGENT", "")[:400]
    parts = [next((name for sign, name in table if sign in said), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(part for part in parts if part)
