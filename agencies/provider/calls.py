"""Asking the provider: only hosts that the settings name, no redirect followed, few bytes, little time, few at once."""

import json
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from socket import inet_aton
from threading import BoundedSemaphore
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from django.conf import settings

from agencies.provider.refusals import Refused, Why

TIMEOUT = 5.0
WHOLE = 10.0
MOST = 256 * 1024
AT_ONCE = 4
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CALLING = BoundedSemaphore(AT_ONCE)


def inward(host: str) -> bool:
    """This machine itself, or what only it can reach: loopback, link-local (where clouds keep their secrets), no address.

    A name that leads there is caught by its certificate; private networks are where governments keep their providers.
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        try:
            found = ip_address(inet_aton(host))  # other spellings: 2130706433, 0x7f.1
        except (OSError, ValueError):
            return False
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast


def checked(address: Any) -> SplitResult:
    """The parts of an address that may be called or sent to; Refused for any other."""
    try:
        parts = urlsplit(str(address))
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(Why.AWAY, "address") from None
    plain = settings.OIDC_PLAIN_HTTP and parts.scheme == "http" and host in LOOPBACK
    if not (parts.scheme == "https" or plain) or "@" in parts.netloc or parts.fragment:
        raise Refused(Why.AWAY, "scheme")
    if inward(host) and not plain:
        raise Refused(Why.AWAY, "inward")
    if host not in (urlsplit(settings.OIDC_ISSUER).hostname, *settings.OIDC_HOSTS):
        raise Refused(Why.AWAY, "host")
    return parts


def get(address: Any) -> dict[str, Any]:
    return _call("GET", address, None, {})


def post(address: Any, form: Mapping[str, str], client: tuple[str, str]) -> dict[str, Any]:
    """A form, under the name and secret of this client (RFC 6749, 2.3.1)."""
    words = ":".join(quote(word, safe="") for word in client)
    headers = {
        "Authorization": f"Basic {b64encode(words.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _call("POST", address, urlencode(form), headers)


def _call(method: str, address: Any, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
    parts = checked(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _a_place():
        connection = _connection(parts)
        try:
            connection.request(method, path, body, {"Accept": "application/json", **headers})
            with connection.getresponse() as answer:
                status, text = answer.status, b"".join(_read(answer))
        except (OSError, HTTPException) as error:
            raise Refused(Why.AWAY, type(error).__name__) from None
        finally:
            connection.close()
    if status != 200:
        # What the provider says against this code or these words is no failure of the line.
        raise Refused(Why.OUT_OF_DATE if method == "POST" and status == 400 else Why.AWAY, str(status))
    return _object(text)


@contextmanager
def _a_place() -> Iterator[None]:
    """A crowd before a slow provider must not hold every thread of the product."""
    if not _CALLING.acquire(timeout=TIMEOUT):
        raise Refused(Why.AWAY, "crowd")
    try:
        yield
    finally:
        _CALLING.release()


def _connection(parts: SplitResult) -> HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return HTTPConnection(host, parts.port, timeout=TIMEOUT)
    trusted = ssl.create_default_context(cafile=settings.OIDC_CA_FILE or None)
    return HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=trusted)


def _read(answer: Any) -> Iterator[bytes]:
    until, left = monotonic() + WHOLE, MOST
    while chunk := answer.read1(min(left, 65536)):
        yield chunk
        left -= len(chunk)
        if left <= 0 or monotonic() > until:
            raise HTTPException


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(Why.AWAY, "json") from None
    if not isinstance(found, dict):
        raise Refused(Why.AWAY, "json")
    return found
