"""Compile the Chinese catalogues: `python -m config.runtime.messages`."""

import os
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from config.runtime.children import Failed

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "config",
    "privacy",
    "agencies",
    "workflow",
    "casework",
    "referrals",
    "protection_orders",
    "hotline",
    "indicators",
    "monitor",
    "scenarios",
)


def catalogues() -> list[Path]:
    """Every django.po of our rooms."""
    return sorted(po for room in ROOMS for po in (ROOT / room).rglob("locale/*/LC_MESSAGES/django.po"))


def compile_one(po: Path) -> None:
    """Write the .mo beside the .po; whole or not at all, since several runs may compile at once."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    with tempfile.NamedTemporaryFile(dir=po.parent, suffix=".mo.new", delete=False) as target:
        write_mo(target, catalogue)
    os.chmod(target.name, 0o644)
    os.replace(target.name, po.with_suffix(".mo"))


def stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_stale() -> int:
    """Compile what changed; returns how many. Raises Failed naming the bad ones, after the good ones."""
    behind = [po for po in catalogues() if stale(po)]
    broken = []
    for po in behind:
        try:
            compile_one(po)
        except PoFileError as error:
            broken.append(f"{po.relative_to(ROOT)}, line {error.lineno}: {error}")
    if broken:
        raise Failed("\n".join(broken))
    return len(behind)


if __name__ == "__main__":
    print(f"{compile_stale()} of {len(catalogues())} catalogues compiled", file=sys.stderr)
