"""`manage.py replay PATH... [--json] [--check]`: perform published cases and print what each became."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from scenarios.cast import call_together
from scenarios.facts import BadScenario, files
from scenarios.replay import replay
from scenarios.tally import Outcome


class Command(BaseCommand):
    help = "Perform published-case scenarios through the product's own commands. Without PATH: the cases it carries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", help="files, folders, or ids such as C02")
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument(
            "--check", action="store_true", help="compare with `expected`; exit 1 on a difference"
        )
        parser.add_argument("--dry-run", action="store_true", help="leave nothing behind")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paths = files(options["paths"])
        except BadScenario as wrong:
            raise CommandError(str(wrong)) from wrong
        outcomes: list[Outcome] = []
        broken: list[str] = []
        with transaction.atomic():
            cast = call_together()
            for path in paths:
                try:
                    outcomes.append(replay(path, cast))
                except BadScenario as wrong:
                    broken.append(str(wrong))
            transaction.set_rollback(options["dry_run"])
        text = as_json(outcomes, broken) if options["json"] else as_text(outcomes, broken, options["check"])
        self.stdout.write(text)
        if broken or (options["check"] and any(outcome.differences for outcome in outcomes)):
            sys.exit(1)


def _dict(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.scenario.id, "reference": outcome.case.reference, "states": outcome.states,
        "clocks": outcome.clocks, "stats": outcome.stats, "not_yet_expressible": outcome.not_yet,
        "findings": outcome.findings, "differences": outcome.differences,
    }  # fmt: skip


def totals(outcomes: list[Outcome]) -> dict[str, int]:
    """Sums of the counts over all cases; yes counts as one."""
    found: dict[str, int] = {}
    for outcome in outcomes:
        for name, value in outcome.stats.items():
            found[name] = found.get(name, 0) + (value if isinstance(value, int) else int(value == "yes"))
    return found


def as_json(outcomes: list[Outcome], broken: list[str]) -> str:
    document = {"cases": [_dict(o) for o in outcomes], "totals": totals(outcomes), "unreadable": broken}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_text(outcomes: list[Outcome], broken: list[str], check: bool) -> str:
    lines: list[str] = []
    for outcome in outcomes:
        states, stats = outcome.states, {k: v for k, v in outcome.stats.items() if v not in (0, None, "no")}
        lines.append(
            f"{outcome.scenario.id}  {outcome.case.reference}  case {states['case']}, danger {states['danger']}"
        )
        lines.append(f"  orders {states['orders'] or '-'}  letters {states['letters'] or '-'}")
        lines += [f"  clock {clock}: {verdict}" for clock, verdict in outcome.clocks.items()]
        lines.append("  counts " + ", ".join(f"{name} {value}" for name, value in stats.items()))
        lines += [
            f"  not yet expressible ({room}): {'; '.join(what)}" for room, what in outcome.not_yet.items()
        ]
        lines += [f"  finding: {text}" for text in outcome.findings]
        lines += [f"  DIFFERENCE {text}" for text in outcome.differences] if check else []
    lines += [f"UNREADABLE {text}" for text in broken]
    differing = sum(bool(outcome.differences) for outcome in outcomes)
    lines.append(
        f"{len(outcomes)} cases, {len(broken)} unreadable"
        + (f", {differing} with differences" if check else "")
    )
    return "\n".join(lines)
