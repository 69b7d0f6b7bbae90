"""Are all files of the registers still what they were?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.models import DocumentFile, Evidence
from casework.services.documents import is_unchanged


class Command(BaseCommand):
    help = (
        "Open every sealed paper and every piece of evidence and compare its SHA-256; exit 1 if one differs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        papers, evidence = DocumentFile.objects.all(), Evidence.objects.exclude(file_id=None)
        rows = [row for register in (papers, evidence) for row in register.iterator()]
        bad = [row for row in rows if not is_unchanged(row)]
        for row in bad:
            self.stdout.write(f"{row._meta.db_table} {row.pk}: missing or changed")
        if bad:
            raise CommandError(f"{len(bad)} of {len(rows)} files are not what was registered")
        self.stdout.write(f"{len(rows)} files are what was registered")
