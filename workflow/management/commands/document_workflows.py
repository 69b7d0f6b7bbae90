"""Write docs/workflows/ from the tables."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.documents import index, page
from workflow.registry import lives
from workflow.table import Workflow


class Command(BaseCommand):
    help = "Write docs/workflows/<flow>.md from the tables; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 if a page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "workflows"
        pages = wanted(documented())
        stale = sorted(name for name, text in pages.items() if _read(folder / name) != text)
        stale += sorted(path.name for path in folder.glob("*.md") if path.name not in pages)
        if check and stale:
            raise CommandError(f"stale: {', '.join(stale)}; run manage.py document_workflows")
        if not check:
            _write(folder, pages)
            self.stdout.write(f"{len(pages)} pages in docs/workflows, {len(stale)} changed")


def documented() -> list[Workflow]:
    """The product's own lives; those of the tests are left out."""
    return [model.flow for model in lives().values() if not model.__module__.startswith("tests.")]


def wanted(flows: list[Workflow]) -> dict[str, str]:
    return {"README.md": index(flows)} | {f"{flow.key}.md": page(flow) for flow in flows}


def _write(folder: Path, pages: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
