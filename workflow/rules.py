"""The clocks as data: what the law says about each, and, kept apart from it, what the house has decided."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"

Calendar = Literal["hours", "natural_days", "working_days", "months"]
# limit: must be done by then. right: may be used until then. minimum: not before. lapse: ends by itself.
Nature = Literal["limit", "right", "minimum", "lapse"]


@dataclass(frozen=True, slots=True)
class ClockData:
    """One clock. `duration` counts in units of `calendar`; None: the law has none. `policy` is never law."""

    id: str
    ref: str
    workflow: str
    owner: str
    wf_duty: bool
    starts_on: str
    ends_on: str
    duration: int | None
    calendar: Calendar
    standard: str
    counting: str
    rollover: bool
    nature: Nature
    source: str
    binding: str
    confidence: str
    severity: str
    in_force_from: date | None
    region: str
    labels: Mapping[str, str]
    advice: Mapping[str, str]
    policy: Mapping[str, Any] = field(default_factory=dict)
    escalation: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return _in_language(self.labels)

    @property
    def on_expiry(self) -> str:
        """What to do when the time has run out, in our own words."""
        return _in_language(self.advice)

    @property
    def is_statutory(self) -> bool:
        """The law itself gives the end, as a number or as the lapse of something."""
        return self.duration is not None or self.standard == "before_lapse"

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClockData":
        day = data["in_force_from"]
        return cls(**{**data, "in_force_from": date.fromisoformat(day) if day else None})


@dataclass(frozen=True, slots=True)
class Book:
    """All clocks of one edition of the data file; `raw` holds them as JSON-ready dicts by id."""

    version: int
    dated: date
    raw: Mapping[str, Mapping[str, Any]]

    def digest(self, clock_id: str) -> str:
        text = json.dumps(self.raw[clock_id], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def book() -> Book:
    """The edition shipped with this code."""
    return read_book((DATA / "clocks.yaml").read_text("utf-8"))


def read_book(text: str) -> Book:
    data = yaml.load(text, Loader=yaml.CSafeLoader)
    ladders = data["escalation"]
    rows = [{**row, "escalation": ladders[row["severity"]]} for row in data["clocks"]]
    for row in rows:
        row["in_force_from"] = row["in_force_from"] and row["in_force_from"].isoformat()
    raw = {row["id"]: row for row in rows}
    if len(raw) != len(rows):
        raise ValueError("a clock id appears twice")
    return Book(data["version"], data["dated"], raw)


@cache
def _parsed() -> dict[str, ClockData]:
    return {key: ClockData.from_json(row) for key, row in book().raw.items()}


def is_clock(clock_id: str) -> bool:
    return clock_id in book().raw


def rule_data(clock_id: str) -> ClockData:
    """The clock of this edition; KeyError when there is none."""
    return _parsed()[clock_id]


def all_rules() -> list[ClockData]:
    return list(_parsed().values())


def _in_language(words: Mapping[str, str]) -> str:
    return words["zh"] if (get_language() or "zh").startswith("zh") else words["en"]
