"""`manage.py prepare`: bring an installation to the point where it can serve; safe to repeat."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.models import Case
from privacy.errors import KeyRingError
from privacy.keys import ring


class Command(BaseCommand):
    help = "Migrate, make missing keys, load the rules, collect static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", type=int, default=0, help="fill an empty database with so many cases")

    def handle(self, *args: Any, demo: int, **options: Any) -> None:
        self.tell("database")
        call_command("migrate", verbosity=0, interactive=False)
        self.tell("keys")
        try:
            ring.ensure()
        except KeyRingError as refusal:
            raise CommandError(str(refusal)) from None
        self.tell("rules")
        call_command("load_rules")
        self.tell("static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        # An installation may leave the demonstration's floor out of its rooms.
        if demo and "seed_demo" in get_commands() and not Case.objects.exists():
            self.tell(f"demo data: {demo} cases and the published ones")
            call_command("seed_demo", cases=demo, seed=1)

    def tell(self, part: str) -> None:
        self.stdout.write(f"  · {part}")
        self.stdout.flush()
