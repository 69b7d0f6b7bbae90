"""Write docs/law-coverage.md from the tables, the pages and the data beside them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from config.coverage import page


class Command(BaseCommand):
    help = "Write docs/law-coverage.md; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 if the page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "law-coverage.md"
        with translation.override(None):
            text = page()
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            raise CommandError("docs/law-coverage.md is stale; run manage.py document_law")
        if not check:
            path.write_text(text, encoding="utf-8")
            self.stdout.write("docs/law-coverage.md written")
