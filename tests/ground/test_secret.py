"""Secrets belong to one user of the machine."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.secret import secret_key


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "data")
    mode = stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode)
    assert (secret_key(tmp_path / "data"), len(first) > 50, mode) == (first, True, 0o600)


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    secret_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_others_can_read_is_refused(tmp_path: Path) -> None:
    secret_key(tmp_path)
    (tmp_path / "secret_key").chmod(0o640)
    with pytest.raises(ImproperlyConfigured):
        secret_key(tmp_path)
