"""Refusals of our own for `check --deploy`: what would be weak although it runs."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from config.secret import open_to_others


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


def _open_files() -> Iterator[CheckMessage]:
    folder = Path(settings.KEY_DIR)
    for path in (Path(settings.DATA_DIR) / "secret_key", folder, *folder.rglob("*")):
        if path.exists() and (open_to_others(path) or path.stat().st_uid != os.geteuid()):
            yield Error("A key can be reached by others.", hint=f"chmod go-rwx {path}", id="huhang.E006")


@register(Tags.security, deploy=True)
def nothing_weak(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Settings and key files that would let personal data out."""
    return [*_weak_settings(), *_open_files()]
