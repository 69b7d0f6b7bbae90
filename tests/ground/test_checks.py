"""`check --deploy` refuses what would be weak although it runs."""

from io import StringIO
from pathlib import Path

import pytest
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from pytest_django.fixtures import Settings

from config.checks import database_keeps_quiet, nothing_weak
from config.secret import secret_key
from privacy.providers import is_credential
from tests.attacks.record import Tried


@pytest.fixture
def strong(settings: Settings, tmp_path: Path) -> Settings:
    """Settings as an installation should have them."""
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["huhang.example"]
    settings.DATA_DIR, settings.KEY_DIR = tmp_path, tmp_path / "keys"
    settings.SECRET_KEY = secret_key(tmp_path)
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.PASSWORD_HASHERS, settings.SECURITY_PROFILE = ["agencies.hashers.Argon2Hasher"], "djcp3"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    (tmp_path / "keys").mkdir(mode=0o700)
    return settings


def ids() -> list[str | None]:
    return [message.id for message in nothing_weak(None)]


def test_strong_settings_pass(strong: Settings) -> None:
    assert ids() == []
    call_command("check", "--deploy", "--fail-level", "WARNING", "--tag", "security", stdout=StringIO())


SCRIPT = {"default-src": [NONE], "script-src": [SELF, UNSAFE_INLINE], "frame-ancestors": [NONE]}


@pytest.mark.attack("T101")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", True),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ["*"]),
        ("SECURE_SSL_REDIRECT", False),
        ("SECURE_HSTS_SECONDS", 0),
        ("SESSION_COOKIE_SECURE", False),
        ("CSRF_COOKIE_SECURE", False),
        ("CLIENT_ADDRESS_HEADER", ""),
        ("CONTENT_SECURITY_POLICY", {}),
        ("CONTENT_SECURITY_POLICY", {"DIRECTIVES": SCRIPT}),
        ("MIDDLEWARE", []),
        ("X_FRAME_OPTIONS", "SAMEORIGIN"),
    ],
)
def test_the_start_is_refused(strong: Settings, name: str, value: object, tried: Tried) -> None:
    """What the units do before they start."""
    setattr(strong, name, value)
    with pytest.raises(SystemCheckError) as refusal:
        call_command("check", "--deploy", "--fail-level", "WARNING", "--tag", "security", stdout=StringIO())
    tried(
        request=f"start with {name}={value}", actor="installer", expected=SystemCheckError, got=refusal.type
    )


@pytest.mark.attack("T101")
@pytest.mark.django_db
def test_a_database_that_would_log_what_was_typed_is_refused(tried: Tried) -> None:
    quiet = database_keeps_quiet(None, ["default"])
    with connection.cursor() as cursor:
        cursor.execute("set local log_min_error_statement = error")
    loud = [message.id for message in database_keeps_quiet(None, ["default"])]
    tried(
        request="start on a loud database",
        actor="installer",
        expected=([], ["huhang.E010"]),
        got=(quiet, loud),
    )


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("DEBUG", True, "huhang.E001"),
        ("ALLOWED_HOSTS", ["*"], "huhang.E002"),
        ("ALLOWED_HOSTS", [".huhang.example"], "huhang.E002"),
        ("SECRET_KEY", "for-tests-only-0", "huhang.E003"),
        ("SESSION_COOKIE_NAME", "sessionid", "huhang.E004"),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "huhang.E005"),
    ],
)
def test_a_weak_setting_is_refused(strong: Settings, name: str, value: object, refusal: str) -> None:
    setattr(strong, name, value)
    assert ids() == [refusal]


@pytest.mark.attack("T101")
def test_a_key_file_others_can_read_is_refused(strong: Settings, tmp_path: Path, tried: Tried) -> None:
    (tmp_path / "keys" / "kek.key").touch(mode=0o644)
    tried(request="start with kek.key 0644", actor="installer", expected=["huhang.E006"], got=ids())


@pytest.mark.attack("T101")
def test_a_secret_key_others_can_read_is_refused(strong: Settings, tmp_path: Path, tried: Tried) -> None:
    (tmp_path / "secret_key").chmod(0o604)
    tried(request="start with secret_key 0604", actor="installer", expected=["huhang.E006"], got=ids())


def test_a_key_handed_over_by_systemd_is_taken(
    strong: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its access list shows as a right of the group; elsewhere, or open to all, it stays refused."""
    key = tmp_path / "keys" / "kek.key"
    key.touch(mode=0o440)
    assert (is_credential(key), ids()) == (False, ["huhang.E006"])
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "keys"))
    key.parent.chmod(0o550)  # as systemd 257 leaves it
    assert (is_credential(key), ids()) == (True, [])
    key.chmod(0o444)
    assert (is_credential(key), ids()) == (False, ["huhang.E006"])
