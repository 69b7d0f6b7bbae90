"""Secrets in files that only their owner can read."""

import os
import secrets
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def open_to_others(path: Path) -> bool:
    """Whether the group or anybody else may do anything with it."""
    return bool(path.stat().st_mode & OTHERS)


def secret_key(folder: Path) -> str:
    """The key in `folder`/secret_key, made on first use with mode 0600; refused when others could read it."""
    path = folder / "secret_key"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".secret_key.{os.getpid()}"
    if not path.exists():
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            fresh.unlink()
    if open_to_others(path):
        raise ImproperlyConfigured("secret_key can be read by others: chmod 600 it, and think of it as known")
    return path.read_text()
