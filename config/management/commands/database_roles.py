"""`manage.py database_roles`: the second wall. Run as a role that may create roles, after every `migrate`; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from config.wall import statements


class Command(BaseCommand):
    help = "Make database roles, grants and row policies from the list of models; --print writes the SQL instead."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--print", action="store_true", dest="write", help="write the SQL, change nothing"
        )

    @transaction.atomic
    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        found = list(statements())
        if write:
            self.stdout.write(";\n".join(one.rstrip().rstrip(";") for one in found) + ";\n")
            return
        with connection.cursor() as cursor:
            for one in found:
                cursor.execute(one)
        self.stdout.write(f"{len(found)} statements")
