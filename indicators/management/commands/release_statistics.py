"""Build, audit and publish the numbers of a year."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Agency
from indicators.consumer import count_all
from indicators.ledger import NotPublished
from indicators.models import Release, Tally
from indicators.releases import build, exported, publish


class Command(BaseCommand):
    help = (
        "Build, audit and publish the statistics of a year: of a running year, the quarters that have ended. "
        "Refused unless the audit with all live releases passes. Format: docs/releases.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="a year, such as 2026; nothing else is published")
        parser.add_argument(
            "--area",
            default="",
            help="code of the area; may be left out if only one has federations with cases",
        )
        parser.add_argument(
            "--json", default="", metavar="DIR", help="also write every live release of the area there"
        )
        parser.add_argument(
            "--rehearse", action="store_true",
            help="build and audit as if the year were over; nothing is stored or published",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        year, now = _year(options["period"]), timezone.now()
        self._say(f"{count_all(now)} new steps and clocks counted")
        area = options["area"] or _only_area()
        today = date(year + 1, 1, 1) if options["rehearse"] else timezone.localdate(now)
        try:
            draft = build(area, year, today, self._say)
            release = publish(draft, now, store=not options["rehearse"])
        except NotPublished as why:
            raise CommandError(f"not published: {why}" + (f" ({why.cell})" if why.cell else "")) from None
        hidden = sum(value is None for value in release.cells.values())
        self._say(f"{len(release.cells)} numbers, {hidden} of them hidden")
        verb = "rehearsed, not published" if options["rehearse"] else "published"
        self.stdout.write(f"{verb}: {area} {year} version {release.version}, sha256 {release.digest}")
        if options["json"]:
            self._write(Path(options["json"]), release)

    def _say(self, text: str) -> None:
        self.stderr.write(f"{timezone.now():%H:%M:%S} {text}")

    def _write(self, folder: Path, release: Release) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        live = {one.pk: one for one in Release.objects.filter(area=release.area)}
        for one in {**live, release.pk: release}.values():
            path = folder / f"release-{one.area}-{one.period}-v{one.version}.json"
            text = json.dumps(exported(one) | {"sha256": one.digest}, ensure_ascii=False, indent=1)
            path.write_text(text + "\n", encoding="utf-8")
            self.stdout.write(str(path))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise CommandError(f"{text}: only a year is published; year to date, months and filters are not")
    return int(text)


def _only_area() -> str:
    homes = Tally.objects.values("home").distinct()
    areas = Agency.objects.filter(kind=AgencyKind.FEDERATION, pk__in=homes).values_list("area_id", flat=True)
    if len(found := sorted({str(area) for area in areas if area})) != 1:
        raise CommandError(
            f"name one with --area: {', '.join(found) or 'no federation has counted anything yet'}"
        )
    return found[0]
