"""manage.py beside the demo: finds the servers of a running one, or starts the embedded ones for a single command."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config.runtime.demo import only_one
from config.runtime.servers import serve

ROOT = Path(__file__).resolve().parent.parent.parent
# Commands that never ask the database anything; everything else is given one.
WITHOUT = frozenset(
    {"", "help", "--help", "--version", "check", "makemigrations", "collectstatic", "document_workflows"}
)
LINE = re.compile(r"^export (\w+)='(.*)'$", re.MULTILINE)


def wanted(arguments: Sequence[str]) -> bool:
    """Whether this command needs servers that nobody has named."""
    command = arguments[1] if len(arguments) > 1 else ""
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    return "DATABASE_URL" not in os.environ and settings == "config.settings.demo" and command not in WITHOUT


@contextmanager
def servers() -> Iterator[None]:
    """Addresses in the environment: a running demo's, or our own for as long as the command lasts."""
    data = Path(os.environ.get("DATA_DIR", ROOT / ".data"))
    if (data / "env").exists():
        os.environ.update(LINE.findall((data / "env").read_text(encoding="utf-8")))
        yield
        return
    with only_one(data), serve(data, lasting=True) as started:
        os.environ.update(DATABASE_URL=started.database_url, REDIS_URL=started.redis_url, DATA_DIR=str(data))
        # What preparing says must not mix with what the command prints.
        subprocess.run([sys.executable, str(ROOT / "manage.py"), "prepare"], check=True, stdout=sys.stderr)
        yield
