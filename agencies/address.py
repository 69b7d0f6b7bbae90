"""Where a request comes from."""

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
