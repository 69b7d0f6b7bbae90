"""Does every life stand where its last step left it?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.registry import lives
from workflow.selectors import astray


class Command(BaseCommand):
    help = "Compare the state of every life with its last step; exit 1 if one was moved past the engine."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [line for model in lives().values() for line in astray(model)]
        for flow, pk, state, last in found:
            self.stdout.write(f"{flow} {pk}: stands at {state}, last step led to {last or 'nothing'}")
        if found:
            raise CommandError(f"{len(found)} moved without a step")
        self.stdout.write("every life stands where its last step left it")
