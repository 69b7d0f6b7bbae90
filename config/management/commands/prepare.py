"""`manage.py prepare`: bring an installation to the point where it can serve; safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from privacy.keys import ring

from agencies.models import User


class Command(BaseCommand):
    help = "Migrate, make missing keys, load the rules, collect static files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill an empty database with invented cases")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        self.tell("database")
        call_command("migrate", verbosity=0, interactive=False)
        self.tell("keys")
        ring.ensure()
        if "load_rules" in get_commands():
            self.tell("rules")
            call_command("load_rules")
        self.tell("static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        if demo and not User.objects.exclude(username="SYSTEM").exists():
            self.tell(f"demo data ({settings.DEMO_CASES} cases)")
            call_command("seed_demo", cases=settings.DEMO_CASES, seed=1)

    def tell(self, part: str) -> None:
        self.stdout.write(f"  · {part}")
        self.stdout.flush()
