"""Does every life stand where its last step left it, and every row as its last version says?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.unversioned import unlike_version
from workflow.registry import lives
from workflow.selectors import astray


class Command(BaseCommand):
    help = "Compare every life with its last step and every row with its last version; exit 1 if one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [line for model in lives().values() for line in astray(model)]
        for flow, pk, state, last in found:
            self.stdout.write(f"{flow} {pk}: stands at {state}, last step led to {last or 'nothing'}")
        beside = list(unlike_version())
        for table, row, columns in beside:
            self.stdout.write(f"{table} {row}: not as its version says: {', '.join(columns)}")
        if found or beside:
            raise CommandError(f"{len(found)} moved without a step, {len(beside)} written past the history")
        self.stdout.write("every life stands where its last step left it, every row as its version says")
