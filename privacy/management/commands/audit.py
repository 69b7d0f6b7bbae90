"""`manage.py audit verify|export|seal|checkpoint|key|bait`: the reading register, for whoever answers for it."""

from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from privacy import checkpoints, takeout
from privacy.chain import seal
from privacy.chainrows import BaitMark
from privacy.verify import verify


class Command(BaseCommand):
    help = "Check, hand out, seal and sign the reading register."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        check = ways.add_parser(
            "verify", help="name the first bad row of every chain; exit 1 if there is one"
        )
        check.add_argument("--checkpoints", help="a file of checkpoints kept elsewhere")
        out = ways.add_parser("export", help="signed JSON lines without personal data")
        out.add_argument("--from", dest="since", required=True)
        out.add_argument("--to", dest="until", required=True, help="this day included")
        ways.add_parser("seal", help="give every row its place in the chain now")
        ways.add_parser("checkpoint", help="sign where the chains stand now, and send it")
        ways.add_parser("key", help="the public key that checkpoints are checked with")
        ways.add_parser("bait", help="mark cases or people nobody has a reason to open").add_argument(
            "ids", nargs="+", type=UUID
        )

    def handle(self, *args: Any, way: str, **options: Any) -> None:
        getattr(self, f"do_{way}")(**options)

    def do_verify(self, checkpoints: str | None = None, **_: Any) -> None:
        verdicts, others, gaps = verify(timezone.now(), _signed(checkpoints))
        for verdict in verdicts:
            self.stdout.write(f"chain {verdict.chain}: good up to row {verdict.upto}")
        for gap in gaps:
            self.stdout.write(str(gap))
        bad = [verdict.bad for verdict in verdicts if verdict.bad] + others
        if bad:
            raise CommandError("\n".join(["The register is not what was written.", *map(str, bad)]))
        self.stdout.write("The register is what was written.")

    def do_export(self, since: str, until: str, **_: Any) -> None:
        for line in takeout.lines(_day(since), _day(until) + timedelta(days=1)):
            self.stdout.write(line)

    def do_seal(self, **_: Any) -> None:
        self.stdout.write(f"{seal(timezone.now(), late=timedelta(days=3650))} rows got their place")

    def do_checkpoint(self, **_: Any) -> None:
        made = checkpoints.checkpoint(timezone.now(), at_once=True)
        self.stdout.write(f"checkpoint {made.number}" if made else "nothing new to sign")
        self.stdout.write(f"{checkpoints.push()} sent")

    def do_key(self, **_: Any) -> None:
        self.stdout.write(checkpoints.public_pem())

    def do_bait(self, ids: list[UUID], **_: Any) -> None:
        BaitMark.objects.bulk_create([BaitMark(object_id=one) for one in ids], ignore_conflicts=True)


def _signed(path: str | None) -> list[checkpoints.Signed]:
    away = checkpoints.from_file(path) if path else []
    return list(dict.fromkeys([*checkpoints.known(), *away]))


def _day(text: str) -> datetime:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text} is not a day; write 2026-03-01")
    return timezone.make_aware(datetime.combine(day, time.min))
