"""A small identity provider on a real port: real keys, real tokens, and every lie that a test asks of it."""

import hashlib
import json
import secrets
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "huhang", "quiet:river%07"
BACK = "http://testserver/sign-in/provider/back"


@cache
def keys() -> dict[str, Any]:
    """Made when first asked for: two of the provider's own, one of somebody else's under the name of the first."""
    return {
        "rsa": RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}),
        "ec": ECKey.generate_key("P-256", {"kid": "second", "use": "sig"}),
        "forger's": RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}),
    }


@dataclass
class Provider:
    """`claims` and `description` change what is said; `key` and `alg` sign it; `published` is what is shown of keys."""

    server: ThreadingHTTPServer
    subject: str = "官员-0071"
    key: str = "rsa"
    alg: str = "RS256"
    published: list[str] = field(default_factory=lambda: ["rsa"])
    claims: dict[str, Any] = field(default_factory=dict)
    description: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    status: int = 200
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def described(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {
            "issuer": self.issuer,
            **{name: f"{self.issuer}/{end}" for name, end in ends.items()},
            **self.description,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """The person has signed in there: where her browser is sent."""
        assert (query["client_id"], query["redirect_uri"], query["response_type"]) == (CLIENT, BACK, "code")
        assert (query["scope"], query["code_challenge_method"]) == ("openid", "S256")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{BACK}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def redeem(self, form: dict[str, str], client: str) -> dict[str, Any] | None:
        """None: not this client, not this code, not twice, not with another's verifier."""
        name, _, secret = b64decode(client.removeprefix("Basic ")).decode().partition(":")
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        right = (name, unquote(secret)) == (CLIENT, SECRET) and form["redirect_uri"] == BACK
        if not right or asked is None or asked["code_challenge"] != challenge:
            return None
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.signed(asked["nonce"])}

    def signed(self, nonce: str) -> str:
        now = int(time())
        said = {"iss": self.issuer, "sub": self.subject, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims = {**said, "nonce": nonce, **self.claims}
        key = keys()[self.key]
        header = {"alg": self.alg, "kid": key.kid}
        return self.token or jwt.encode(header, claims, key, algorithms=[self.alg])


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts, it = urlsplit(self.path), self.provider
        it.asked.append(parts.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header(
                "Location", it.authorize({name: one[0] for name, one in parse_qs(parts.query).items()})
            )
            self.end_headers()
        elif parts.path == "/keys":
            self._say({"keys": [keys()[one].as_dict(private=False) for one in it.published]})
        else:
            self._say(it.described())

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: one[0] for name, one in parse_qs(body).items()}
        answer = self.provider.redeem(form, self.headers["Authorization"])
        self._say(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _say(self, answer: dict[str, Any], status: int = 200) -> None:
        status = self.provider.status if status == 200 else status
        text = json.dumps(answer).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{self.provider.issuer}/elsewhere")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_words: Any) -> None:
        """Nothing."""


@contextmanager
def served() -> Iterator[Provider]:
    handler = type("Here", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = provider = Provider(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
