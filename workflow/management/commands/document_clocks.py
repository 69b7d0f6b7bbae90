"""Write docs/clocks.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.clock_documents import page
from workflow.registry import lives


class Command(BaseCommand):
    help = "Write docs/clocks.md from the clock rules and the tables; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 if the page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "clocks.md"
        # The lives of the tests are no part of the product.
        text = page(m.flow for m in lives().values() if not m.__module__.startswith("tests."))
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError("docs/clocks.md is stale; run manage.py document_clocks")
