"""Bring the clock rules of the data file into the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from workflow.clocks import recount_provisional
from workflow.rulebook import ClockRule, SilentChange
from workflow.rules import book


class Command(BaseCommand):
    help = "Load workflow/data/clocks.yaml; again changes nothing. A change needs a higher version."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        edition = book()
        try:
            new = ClockRule.objects.load(edition)
        except SilentChange as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(
            f"{len(edition.raw)} clock rules, edition {edition.version} of {edition.dated}: {new} new; "
            f"{recount_provisional()} provisional ends changed"
        )
