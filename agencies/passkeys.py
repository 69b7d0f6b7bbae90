"""Passkeys: WebAuthn, tied to this host and this origin, each challenge good once and for five minutes."""

import json
import logging
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from agencies.alarms import alarm
from agencies.models import Passkey, User
from agencies.watchrows import Rule

CHALLENGE = "passkey"
GOOD_FOR = 300
PREFERRED = UserVerificationRequirement.PREFERRED
logging.getLogger("fido2").setLevel(logging.WARNING)


def make_options(request: HttpRequest, user: User, now: datetime) -> str:
    """What the browser is asked to make a new key with."""
    person = PublicKeyCredentialUserEntity(
        id=user.pk.bytes, name=user.username, display_name=user.display_name
    )
    options, state = _server(request).register_begin(
        person, _known(request, user), user_verification=PREFERRED
    )
    _remember(request.session, "make", state, now)
    return json.dumps(dict(options), default=dict)


def ask_options(request: HttpRequest, user: User, now: datetime) -> str:
    """What the browser is asked to sign."""
    options, state = _server(request).authenticate_begin(_known(request, user), PREFERRED)
    _remember(request.session, "ask", state, now)
    return json.dumps(dict(options), default=dict)


def add(request: HttpRequest, user: User, name: str, answer: str, now: datetime) -> Passkey | None:
    """The new key; None where the browser's answer does not fit the question."""
    state = _recall(request.session, "make", now)
    try:
        made: AuthenticatorData = _server(request).register_complete(
            state, RegistrationResponse.from_dict(json.loads(answer))
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    found = made.credential_data
    if found is None or Passkey.objects.filter(credential=found.credential_id).exists():
        return None
    return Passkey.objects.create(
        user=user,
        name=name,
        host=_host(request),
        credential=found.credential_id,
        public_half=bytes(found),
        counter=made.counter,
        confirmed_at=now,
    )


def accepts(request: HttpRequest, user: User, answer: str, now: datetime) -> bool:
    """Whether one of the user's keys has signed the question asked last in this session."""
    state = _recall(request.session, "ask", now)
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        used = _server(request).authenticate_complete(state, _known(request, user), response)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return _counted(user, used, response.response.authenticator_data.counter, now)


def _counted(user: User, used: AttestedCredentialData, counter: int, now: datetime) -> bool:
    """A key that counts must count upwards: one that does not has been copied."""
    key = Passkey.objects.get(user=user, credential=used.credential_id)
    if counter <= key.counter and (counter or key.counter):
        alarm(Rule.COPIED_KEY, user.pk, now)
        return False
    key.counter, key.used_at = counter, now
    key.save(update_fields=["counter", "used_at"])
    return True


def _known(request: HttpRequest, user: User) -> list[AttestedCredentialData]:
    rows = Passkey.objects.filter(user=user, host=_host(request))
    return [AttestedCredentialData(bytes(row.public_half)) for row in rows]


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    party = PublicKeyCredentialRpEntity(id=_host(request), name="Huhang")
    return Fido2Server(party, verify_origin=lambda said: said == origin)


def _host(request: HttpRequest) -> str:
    """Only hosts that the settings name come here."""
    return request.get_host().rpartition(":")[0] or request.get_host()


def _remember(session: SessionBase, what: str, state: Any, now: datetime) -> None:
    session[CHALLENGE] = {"what": what, "at": now.timestamp(), **state}


def _recall(session: SessionBase, what: str, now: datetime) -> Any:
    """The question asked last; it is forgotten by being asked for. {} where there is none of this kind."""
    state = session.pop(CHALLENGE, None) or {}
    fits = state.get("what") == what and now.timestamp() - state["at"] < GOOD_FOR
    return state if fits else {}
