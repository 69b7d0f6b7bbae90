"""A scenario file, read strictly: what cannot be read is named, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from scenarios.times import BadTime, anchor, bound, parse
from workflow.when import When

OWN = Path(__file__).parent / "data" / "cases"
MUST = ("id", "matter", "timeline")
LONGEST_ID = 60
LISTS = ("clocks", "mandatory_reports", "parties", "protection_orders", "shelter_stays", "warning_letters")
PARTS = ("danger_scale", "first_contact", "jurisdiction", "violence_forms")


class BadScenario(ValueError):
    """A file that is no scenario; the message says what is wrong with it, in the language of the day."""


@dataclass(frozen=True, slots=True)
class Event:
    seq: int
    kind: str
    actor: str
    details: str
    when: When
    inferred: bool = False
    written: str = ""


@dataclass(slots=True)
class Scenario:
    """`raw`: the file; `findings`: what it states that this reader could not take in."""

    id: str
    raw: Mapping[str, Any]
    events: list[Event]
    findings: list[str] = field(default_factory=list)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A list of dicts under `name`; a missing or empty one is an empty list."""
        rows = self.raw.get(name)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def part(self, name: str) -> dict[str, Any]:
        value = self.raw.get(name)
        return value if isinstance(value, dict) else {}


def files(paths: list[str]) -> list[Path]:
    """Files, folders of files, or ids of the cases the product carries itself; none given: all of those."""
    if not paths:
        return sorted(OWN.glob("*.yaml"))
    found: list[Path] = []
    for text in paths:
        path = Path(text)
        if path.is_dir():
            found += sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        elif path.exists():
            found.append(path)
        elif (OWN / f"{text}.yaml").exists():
            found.append(OWN / f"{text}.yaml")
        else:
            raise BadScenario(_("There is no file, folder or known case “%(name)s”.") % {"name": text})
    return found


def read(path: Path) -> Scenario:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        raise BadScenario(_("%(name)s: not readable as YAML in UTF-8.") % {"name": path.name}) from wrong
    if not isinstance(raw, dict):
        raise BadScenario(_("%(name)s: a scenario is a mapping of facts.") % {"name": path.name})
    if missing := [name for name in MUST if not raw.get(name)]:
        raise BadScenario(
            _("%(name)s: “%(missing)s” is missing.") % {"name": path.name, "missing": ", ".join(missing)}
        )
    if misshapen := _misshapen(raw):
        raise BadScenario(
            _("%(name)s: “%(wrong)s” does not have the form of a case file.")
            % {"name": path.name, "wrong": misshapen}
        )
    scenario = Scenario(str(raw["id"]), raw, [])
    scenario.events = _events(scenario)
    scenario.findings += _left_out(raw)
    return scenario


def _misshapen(raw: Mapping[str, Any]) -> str:
    """The first part without which nothing can be performed or compared, and that is not what it must be."""
    rows, expected = raw["timeline"], raw.get("expected") or {}
    if len(str(raw["id"])) > LONGEST_ID:
        return "id"
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return "timeline"
    if wrong := next((row["seq"] for row in rows if not isinstance(row.get("seq") or 0, int)), None):
        return f"timeline seq {wrong}"
    if not isinstance(expected, dict):
        return "expected"
    parts = ("stats", "final_state")
    return next((f"expected.{one}" for one in parts if not isinstance(expected.get(one) or {}, dict)), "")


def _left_out(raw: Mapping[str, Any]) -> list[str]:
    """What stands there in another form than a file has, so that nobody takes it for read."""
    found = [f"{name}: no list of entries; left out" for name in LISTS if not _is_rows(raw.get(name))]
    return found + [
        f"{name}: no mapping; left out" for name in PARTS if not isinstance(raw.get(name) or {}, dict)
    ]


def _is_rows(value: object) -> bool:
    return not value or (isinstance(value, list) and all(isinstance(row, dict) for row in value))


def _events(scenario: Scenario) -> list[Event]:
    rows = scenario.rows("timeline")
    times = [_time(scenario, row) for row in rows]
    if any(time.offsets for time in times):
        times = anchor(times, _anchor_row(rows, times))
    times = bound(times)
    return [
        Event(
            seq=int(row.get("seq") or number), kind=str(row.get("event")), actor=str(row.get("actor") or ""),
            details=str(row.get("details") or ""), when=time, inferred=row.get("mark") == "inferred",
            written=str(row.get("when") or ""),
        )
        for number, (row, time) in enumerate(zip(rows, times, strict=True), 1)
    ]  # fmt: skip


def _time(scenario: Scenario, row: Mapping[str, Any]) -> When:
    try:
        time = parse(row.get("when"))
    except BadTime:
        scenario.findings.append(f"timeline {row.get('seq')}: time {row.get('when')!r} not read")
        return When.unknown()
    if str(row.get("when") or "").startswith("--"):
        scenario.findings.append(f"timeline {row.get('seq')}: {row.get('when')} has no year; kept as text")
    return time


def _anchor_row(rows: list[dict[str, Any]], times: list[When]) -> int:
    """T is the application received; else the entry before the first relative one."""
    first = next(number for number, time in enumerate(times) if time.offsets)
    for kind in ("order_accepted", "order_applied"):
        for number in range(first - 1, -1, -1):
            if rows[number].get("event") == kind:
                return number
    return max(0, first - 1)


def with_day(event: Event, when: When) -> Event:
    return replace(event, when=when)
