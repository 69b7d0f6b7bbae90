"""Compare the statistics with a recount."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from indicators.recount import Report, reconcile


class Command(BaseCommand):
    help = "Count all steps and clocks again, compare with the tallies; exit 1 if they differ and are not repaired."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="set the tallies to what the recount gives")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        report = reconcile(timezone.now(), repair=options["repair"])
        self.stdout.write(_json(report) if options["json"] else _lines(report))
        if not report.is_right:
            raise SystemExit(1)


def _json(report: Report) -> str:
    differences = [one.as_dict() for one in report.differences]
    numbers = {"checked": report.checked, "forgotten": report.forgotten, "repaired": report.repaired}
    return json.dumps({**numbers, "differences": differences}, ensure_ascii=False)


def _lines(report: Report) -> str:
    lines = [
        f"{d.month} {d.figure} {d.dims or 'all'}: {d.tally}, recount {d.recount}" for d in report.differences
    ]
    done = "repaired" if report.repaired else "found"
    end = f"{report.checked} numbers checked, {len(lines)} differences and {report.forgotten} forgotten clocks {done}"
    return "\n".join([*lines, end])
