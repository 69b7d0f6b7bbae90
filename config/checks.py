"""Refusals of our own for `check --deploy`: what would be weak although it runs."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.urls import reverse

from agencies.provider.calls import inward
from config.secret import open_to_others
from privacy.providers import is_credential

QUIET = {
    "log_error_verbosity": {"terse"},
    "log_min_error_statement": {"panic", "fatal"},
    "log_min_messages": {"log", "fatal", "panic"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
}


def _weak_settings() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG is on: error pages would show what was typed.", id="huhang.E001")
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Error("ALLOWED_HOSTS must name each host, without wildcards.", id="huhang.E002")
    if settings.SECRET_KEY.startswith("for-tests-only"):
        yield Error("SECRET_KEY is the one of the tests.", id="huhang.E003")
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    if not all(name.startswith("__Host-") for name in names):
        yield Error("Cookie names must start with __Host- to be tied to this host.", id="huhang.E004")
    if not all(hasher.startswith("agencies.") for hasher in settings.PASSWORD_HASHERS):
        yield Error("A password hasher is not ours.", id="huhang.E005")
    if settings.SECURITY_PROFILE not in ("djcp3", "asvs"):
        yield Warning(
            "SECURITY_PROFILE demands no second factor: a stolen password opens everything.", id="huhang.W001"
        )
    if settings.SECURE_PROXY_SSL_HEADER and not settings.CLIENT_ADDRESS_HEADER:
        yield Error(
            "Behind a proxy everybody would have its address: one wrong password locks out all.",
            hint="CLIENT_ADDRESS_HEADER=HTTP_X_REAL_IP, which the proxy overwrites",
            id="huhang.E007",
        )
    if "django.contrib.admin" in settings.INSTALLED_APPS:
        yield Error("Django's administration shows rows past every permission.", id="huhang.E009")
    yield from _weak_policy()
    yield from _weak_provider()


def _weak_provider() -> Iterator[CheckMessage]:
    """The identity provider, where there is one: both ways by https, and all of it set."""
    if not settings.OIDC_ISSUER:
        return
    ours = settings.OIDC_REDIRECT_URI
    if settings.OIDC_PLAIN_HTTP or not all(
        one.startswith("https://") for one in (settings.OIDC_ISSUER, ours)
    ):
        yield Error("The identity provider or the way back from it is not https.", id="huhang.E011")
    host, back = urlsplit(ours).hostname, reverse("agencies:provider_back")
    if host not in settings.ALLOWED_HOSTS or urlsplit(ours).path != back:
        yield Error(f"OIDC_REDIRECT_URI must be one of ALLOWED_HOSTS and end with {back}.", id="huhang.E012")
    if any(inward(host) for host in (urlsplit(settings.OIDC_ISSUER).hostname or "", *settings.OIDC_HOSTS)):
        yield Error(
            "The identity provider is this machine, or an address only it can reach.", id="huhang.E014"
        )
    secret = Path(settings.OIDC_CLIENT_SECRET_FILE)
    if not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET_FILE and secret.is_file()):
        yield Error("OIDC_CLIENT_ID or OIDC_CLIENT_SECRET_FILE is missing.", id="huhang.E013")
    elif open_to_others(secret) and not is_credential(secret):
        yield Error("The client secret can be read by others.", hint=f"chmod 600 {secret}", id="huhang.E006")


def _weak_policy() -> Iterator[CheckMessage]:
    """The content policy: nothing by default, no inline script, no eval, no foreign host for scripts."""
    rules = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    middleware = "csp.middleware.CSPMiddleware" in settings.MIDDLEWARE
    tight = list(rules.get("default-src", ())) == [NONE] and set(rules.get("script-src", ())) <= {
        SELF,
        NONE,
        NONCE,
    }
    if not (middleware and tight and list(rules.get("frame-ancestors", ())) == [NONE]):
        yield Error("The content policy is missing or lets foreign or inline script in.", id="huhang.E008")


def _open_files() -> Iterator[CheckMessage]:
    folder = Path(settings.KEY_DIR)
    for path in (Path(settings.DATA_DIR) / "secret_key", folder, *folder.rglob("*")):
        if (
            path.exists()
            and not is_credential(path)
            and (open_to_others(path) or path.stat().st_uid != os.geteuid())
        ):
            yield Error("A key can be reached by others.", hint=f"chmod go-rwx {path}", id="huhang.E006")


@register(Tags.security, deploy=True)
def nothing_weak(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Settings and key files that would let personal data out."""
    return [*_weak_settings(), *_open_files()]


@register(Tags.database, deploy=True)
def database_keeps_quiet(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """`check --deploy --database default`: the server's log must not quote failed or slow statements."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            with connections[alias].cursor() as cursor:
                loud = [name for name, quiet in QUIET.items() if _shown(cursor, name) not in quiet]
        except DatabaseError:
            loud = ["(it does not answer)"]
        if loud:
            found.append(Error(f"The database would log what was typed: {', '.join(loud)}", id="huhang.E010"))
    return found


def _shown(cursor: Any, name: str) -> str:
    cursor.execute(f"show {name}")
    return str(cursor.fetchone()[0])
