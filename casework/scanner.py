"""A virus scanner, if the house has one: a command that reads the file from its standard input. Off by default."""

import subprocess
from collections.abc import Iterable

from django.conf import settings

SECONDS = 120


class NotScanned(Exception):
    """The scanner could not say anything; the file stays where it is and is tried again."""


def is_clean(pieces: Iterable[bytes]) -> bool:
    """True as well where no scanner is set. Nothing is written to the disk: the content goes through a pipe."""
    if not settings.SCAN_COMMAND:
        return True
    with subprocess.Popen(
        settings.SCAN_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as scanner:
        assert scanner.stdin
        try:
            for piece in pieces:
                scanner.stdin.write(piece)
            scanner.stdin.close()
        except BrokenPipeError:
            pass  # it has seen enough
        try:
            answer = scanner.wait(SECONDS)
        except subprocess.TimeoutExpired:
            scanner.kill()
            raise NotScanned from None
    if answer not in (0, 1):
        raise NotScanned
    return answer == 0
