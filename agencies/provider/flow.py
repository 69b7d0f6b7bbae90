"""There and back: authorization code with PKCE, state and nonce, all three made of one secret in the browser's cookie.

Nothing is kept between two sign-ins: discovery and keys are asked for each time, so a new key of the provider's
counts at once and an old one no longer.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from agencies.models import ProviderTry
from agencies.provider import calls
from agencies.provider.refusals import Refused, Why
from agencies.provider.tokens import claims_of
from privacy.providers import is_credential

GOOD_FOR = timedelta(minutes=10)
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def is_on() -> bool:
    return bool(settings.OIDC_ISSUER)


def begin(wanted: str, now: datetime) -> tuple[str, str]:
    """The provider's address to go to, and the secret for this browser's cookie."""
    provider = _discovery()
    calls.checked(provider.get("authorization_endpoint"))
    secret = secrets.token_urlsafe(32)
    ProviderTry.objects.filter(at__lt=now - GOOD_FOR).delete()
    ProviderTry.objects.create(id=_row(secret), at=now, wanted=wanted[:400])
    acr = " ".join(settings.OIDC_REQUIRE_ACR)
    address = prepare_grant_uri(
        provider["authorization_endpoint"], settings.OIDC_CLIENT_ID, "code",
        redirect_uri=settings.OIDC_REDIRECT_URI, scope="openid", state=_word(secret, "state"),
        nonce=_word(secret, "nonce"), code_challenge=create_s256_code_challenge(_word(secret, "verifier")),
        code_challenge_method="S256", **({"acr_values": acr} if acr else {}),
    )  # fmt: skip
    return str(address), secret


def finish(said: dict[str, str], secret: str, now: datetime) -> tuple[CodeIDToken, str]:
    """What the provider vouches for, and the page once asked for. A secret is good once, whatever comes of it."""
    wanted = _taken(said.get("state", ""), secret, now)
    if said.get("iss", settings.OIDC_ISSUER) != settings.OIDC_ISSUER:
        raise Refused(Why.NOT_GENUINE, "iss")
    if "error" in said:
        raise Refused(Why.CANCELLED, "answer")
    provider = _discovery()
    answer = calls.post(provider.get("token_endpoint"), _form(said.get("code", ""), secret), _client())
    keys = calls.get(provider.get("jwks_uri"))
    nonce, access = _word(secret, "nonce"), answer.get("access_token")
    return claims_of(answer.get("id_token"), keys, nonce=nonce, access_token=access, now=now), wanted


def _taken(state: str, secret: str, now: datetime) -> str:
    """The row of this browser's try, gone by being taken: of two requests at once one finds it."""
    if not SECRET.fullmatch(secret) or not hmac.compare_digest(
        state.encode(), _word(secret, "state").encode()
    ):
        raise Refused(Why.OUT_OF_DATE, "state")
    row = ProviderTry.objects.filter(pk=_row(secret), at__gt=now - GOOD_FOR).first()
    if row is None or not ProviderTry.objects.filter(pk=_row(secret)).delete()[0]:
        raise Refused(Why.OUT_OF_DATE, "used")
    return row.wanted


def _discovery() -> dict[str, Any]:
    found = calls.get(f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != settings.OIDC_ISSUER:
        raise Refused(Why.AWAY, "issuer")
    return found


def _form(code: str, secret: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code[:2000],
        "redirect_uri": settings.OIDC_REDIRECT_URI,
        "client_id": settings.OIDC_CLIENT_ID,
        "code_verifier": _word(secret, "verifier"),
    }


def _client() -> tuple[str, str]:
    path = Path(settings.OIDC_CLIENT_SECRET_FILE)
    if path.stat().st_mode & 0o077 and not is_credential(path):
        raise ImproperlyConfigured("the provider's client secret can be read by others: chmod 600 it")
    return settings.OIDC_CLIENT_ID, path.read_text(encoding="utf-8").strip()


def _digest(secret: str, what: str) -> bytes:
    return hmac.digest(secret.encode(), what.encode(), hashlib.sha256)


def _word(secret: str, what: str) -> str:
    return urlsafe_b64encode(_digest(secret, what)).decode().rstrip("=")


def _row(secret: str) -> bytes:
    return _digest(secret, "row")
