"""`check --deploy` refuses what would be weak although it runs."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from config.checks import nothing_weak
from config.secret import secret_key


@pytest.fixture
def strong(settings: Settings, tmp_path: Path) -> Settings:
    """Settings as an installation should have them."""
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["huhang.example"]
    settings.DATA_DIR, settings.KEY_DIR = tmp_path, tmp_path / "keys"
    settings.SECRET_KEY = secret_key(tmp_path)
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.PASSWORD_HASHERS = ["agencies.hashers.Argon2Hasher"]
    (tmp_path / "keys").mkdir(mode=0o700)
    return settings


def ids() -> list[str | None]:
    return [message.id for message in nothing_weak(None)]


def test_strong_settings_pass(strong: Settings) -> None:
    assert ids() == []


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


def test_a_key_file_others_can_read_is_refused(strong: Settings, tmp_path: Path) -> None:
    (tmp_path / "keys" / "kek.key").touch(mode=0o644)
    assert ids() == ["huhang.E006"]


def test_a_secret_key_others_can_read_is_refused(strong: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret_key").chmod(0o604)
    assert ids() == ["huhang.E006"]
