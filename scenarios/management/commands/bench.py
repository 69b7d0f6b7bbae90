"""`manage.py bench --people N`: what sealing costs, as ratios to the same work on plain columns in the same run."""

from argparse import ArgumentParser
from collections.abc import Iterator
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casework.models import Case
from privacy.keys import ring
from scenarios.bench import counts, lists, lookups, pages, plain, register, rotation, saves, sweeps, timing
from scenarios.bench.districts import audited
from scenarios.bench.fill import Town, fill, settle
from scenarios.bench.race import HEAD, Row, line
from scenarios.cast import call_together


class Command(BaseCommand):
    help = "Measure the product against a plain twin, on an empty database that is given up afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=20_000)
        parser.add_argument("--clocks", type=int, default=100_000)
        parser.add_argument("--rounds", type=int, default=200)
        parser.add_argument("--cases", type=int, default=1_000_000)
        parser.add_argument("--counts-only", action="store_true", help="count cases, and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Case.objects.exists():
            raise CommandError(
                "There are cases here. Measuring fills a database with invented people: use an empty one."
            )
        self.stdout.write(
            "\n".join(["What the audit of a year of statistics costs and hides", *audited(monotonic)])
        )
        ring.ensure()
        self.began = monotonic()
        town = Town(call_together(), timezone.now())
        found: list[Row] = []
        if not options["counts_only"]:
            with plain.tables():
                found += self.rows(town, **{name: options[name] for name in ("people", "clocks", "rounds")})
        found += counts.rows(town, options["cases"], options["rounds"], self.tell)
        sizes = f"\n{options['people']:,} people, {options['cases']:,} cases"
        self.stdout.write("\n".join([sizes, HEAD, *map(line, found)]))

    def rows(self, town: Town, people: int, clocks: int, rounds: int) -> Iterator[Row]:
        fill(town, people, self.tell)
        settle()
        for part in (lookups, timing, pages, saves):
            self.tell(f"measuring {part.__name__.rpartition('.')[2]}")
            yield from part.rows(town, rounds)
        yield from register.rows(town, rounds, self.tell)
        yield from sweeps.rows(town, clocks, rounds, self.tell)
        yield from lists.rows(town, rounds, self.tell)
        yield from rotation.rows(self.tell)

    def tell(self, text: str) -> None:
        self.stdout.write(f"    {monotonic() - self.began:6.0f} s  {text}")
        self.stdout.flush()
