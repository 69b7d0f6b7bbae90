"""pg_dump and pg_restore, by pipe: nothing of the database lies on disk in clear."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from config.backup.parts import Incomplete
from config.runtime.servers import pg
from privacy.keyring import KEYRING_TABLES

PIECE = 1024 * 1024
# A session in a backup would come back to life with it.
NOT_KEPT = ("django_session",)


def data_flags() -> list[str]:
    return [f"--exclude-table-data={table}" for table in (*KEYRING_TABLES, *NOT_KEPT)]


def keyring_flags() -> list[str]:
    return ["--data-only", *(f"--table={table}" for table in KEYRING_TABLES)]


def _command(program: str) -> list[str]:
    """The program of settings.PG_BIN (it must be as new as the server), or the wheel's own."""
    given: dict[str, Any] = connection.settings_dict
    words = [str(Path(settings.PG_BIN) / program)] if settings.PG_BIN else pg(program)
    for flag, name in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER"), ("-d", "NAME")):
        words += [flag, str(given[name])] if given[name] else []
    return [*words, "--no-password"]


def _surroundings() -> dict[str, str]:
    """The password in the environment of the child, never in its arguments."""
    given: dict[str, Any] = connection.settings_dict
    options = {
        f"PG{name.upper().replace('_', '')}": str(given["OPTIONS"][name])
        for name in ("sslmode", "sslrootcert", "target_session_attrs")
        if name in given["OPTIONS"]
    }
    return dict(os.environ) | options | ({"PGPASSWORD": str(given["PASSWORD"])} if given["PASSWORD"] else {})


def dumped(flags: list[str]) -> Iterator[bytes]:
    """The dump, piece by piece; Incomplete when pg_dump did not come to its end."""
    command = [*_command("pg_dump"), "--format=custom", "--compress=1", *flags]
    with subprocess.Popen(
        command, env=_surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        while piece := process.stdout.read(PIECE):
            yield piece
        said = process.stderr.read()
    if process.returncode:
        raise Incomplete(f"pg_dump ended with code {process.returncode}. {_plainly(said)}")


def restored(pieces: Iterable[bytes], flags: list[str]) -> None:
    """Feed a dump to pg_restore, in one transaction: whole or not at all."""
    command = [*_command("pg_restore"), "--no-owner", "--exit-on-error", "--single-transaction", *flags]
    with subprocess.Popen(
        command, env=_surroundings(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stderr is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
        except BrokenPipeError:
            pass  # it has ended by itself: its code and its words follow
        except BaseException:
            process.kill()
            _close(process.stdin)
            raise
        _close(process.stdin)
        said = process.stderr.read()
    if process.returncode:
        raise Incomplete(f"pg_restore ended with code {process.returncode}. {_plainly(said)}")


def _close(stream: Any) -> None:
    with suppress(BrokenPipeError):
        stream.close()


def _plainly(said: bytes) -> str:
    """The errors by their first line: what follows may quote a row."""
    lines = [line for line in said.decode(errors="replace").splitlines() if "error:" in line]
    return " ".join(lines[:3])
