"""`manage.py demo_accounts`: make, once, and print one account for each role."""

from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand

from agencies.seed import Account, seed_accounts


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _lines(accounts: list[Account]) -> list[str]:
    rows = [(a.role, a.agency, a.username, a.password) for a in accounts]
    widths = [max(_width(row[i]) for row in rows) for i in range(4)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


class Command(BaseCommand):
    help = "Make, once, one account for each role, and print role, agency, username and password."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(_lines(seed_accounts())))
