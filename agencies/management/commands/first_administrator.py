"""`manage.py first_administrator USERNAME NAME`: the one account that no page can make."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from agencies.actor import SYSTEM
from agencies.kinds import Role
from agencies.models import Posting, User
from agencies.seed import HOME, seed_agencies
from agencies.services import create_user, give_posting


class Command(BaseCommand):
    help = "Load the first list of places and bodies, and make one administrator, once; prints the one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="as colleagues see it")

    @transaction.atomic
    def handle(self, *args: Any, username: str, name: str, **options: Any) -> None:
        User.objects.select_for_update().filter(pk=SYSTEM.user_id).first()  # one at a time
        if Posting.objects.filter(role=Role.ADMINISTRATOR).exists():
            raise CommandError(
                "There has been an administrator: the others are made by one, on the page of people."
            )
        home = seed_agencies()[HOME]
        user, password = create_user(actor=SYSTEM, username=username, display_name=name)
        give_posting(actor=SYSTEM, user=user, agency=home, role=Role.ADMINISTRATOR)
        self.stdout.write(password)
