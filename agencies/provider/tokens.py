"""Is this the provider's own word, for us, now, and for this browser?"""

import json
from base64 import urlsafe_b64decode
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from agencies.provider.refusals import Refused, Why

KINDS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
"""Public keys only: a token signed with a shared secret, or with nothing, is not looked at."""
LEEWAY = 60
LONGEST = 255


def claims_of(
    token: Any, keys: dict[str, Any], *, nonce: str, access_token: Any, now: datetime
) -> CodeIDToken:
    """The verified claims; Refused for everything else. Which of the rules was broken stands in the log alone."""
    signed = _signed(token, keys)
    wanted = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
    }
    params = {"nonce": nonce, "client_id": settings.OIDC_CLIENT_ID, "access_token": access_token}
    claims = CodeIDToken(signed.claims, signed.header, wanted, params)
    try:
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (JoseError, TypeError, ValueError, AttributeError) as error:
        raise Refused(Why.NOT_GENUINE, str(getattr(error, "claim", "") or type(error).__name__)) from None
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise Refused(Why.NOT_GENUINE, "sub")
    return claims


def second_step(claims: CodeIDToken) -> bool:
    """Whether the provider says it has asked for a second step; Refused where it did less than settings demand."""
    acr, amr = claims.get("acr"), claims.get("amr") or []
    if settings.OIDC_REQUIRE_ACR and acr not in settings.OIDC_REQUIRE_ACR:
        raise Refused(Why.TOO_WEAK, "acr")
    proving = set(settings.OIDC_SECOND_STEP)
    return bool(proving.intersection(one for one in (acr, *amr) if isinstance(one, str)))


def _signed(token: Any, keys: dict[str, Any]) -> jwt.Token:
    header = _header(token)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KINDS:
        raise Refused(Why.NOT_GENUINE, "alg")
    for key in _keys(keys, KINDS[algorithm], header.get("kid")):
        try:
            return jwt.decode(str(token), key, algorithms=[algorithm])
        except (JoseError, ValueError, TypeError):
            continue
    raise Refused(Why.NOT_GENUINE, "signature")


def _header(token: Any) -> dict[str, Any]:
    """Read before anything is proved: only to choose the key."""
    try:
        part = str(token).split(".", 1)[0]
        found = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(Why.NOT_GENUINE, "token")
    return found


def _keys(published: dict[str, Any], kind: str, kid: Any) -> list[Key]:
    """The public keys of this kind, and of this name where the token names one."""
    rows = published.get("keys")
    found = []
    for row in rows if isinstance(rows, list) else ():
        fits = isinstance(row, dict) and row.get("kty") == kind and row.get("use", "sig") == "sig"
        if fits and (kid is None or row.get("kid") == kid):
            try:
                found.append(JWKRegistry.import_key(row))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
    return found
