"""Write the table of attacks into docs/security.md, with the results of the last run of the tests."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.attack_table import document


class Command(BaseCommand):
    help = "Write the table of attacks into docs/security.md."

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.BASE_DIR) / "docs" / "security.md"
        file.write_text(document(file.read_text(encoding="utf-8")), encoding="utf-8")
