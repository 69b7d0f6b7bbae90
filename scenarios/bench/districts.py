"""Made-up districts: cases with all that follows from them, as the tallies of a year, without a database.

The tests attack what is published of them; `manage.py bench` says what the audit costs and hides.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

from indicators.audit import Book
from indicators.figures import CLOCK_FIGURES, FIGURES
from indicators.layout import listed_clocks
from indicators.ledger import NotPublished, protected
from indicators.menu import Months, Span
from indicators.models import Release, ReleaseBasis, Tally
from indicators.published import values_of
from indicators.releases import Draft, digest, rules
from indicators.tables import Layout
from indicators.towns import TownGroup

FACTS: dict[str, list[Any]] = {
    "relation": ["1_spouse", "1_spouse", "X1_ex_spouse", "X4_dating_or_ex", "2_parent_child", ""],
    "danger": ["high", "medium", "low", "undetermined"],
    "channel": ["hotline", "hotline", "walk_in", "police_110", "committee"],
    "sex": ["f", "f", "f", "f", "m"],
    "age": ["18-29", "30-44", "30-44", "45-59", "60+", "14-17"],
    "town": ["t1", "t1", "t2", "t3", "t4", "t5", ""],
    "matter": ["dv", "dv", "dv", "child_abuse", "sexual_harassment", "property_rights"],
}
TOWNS = (
    TownGroup("1.1", "东", ("t1",), 20_000),
    TownGroup("1.2", "西", ("t2", "t3"), 20_000),
    TownGroup("1.3", "北", ("t4", "t5"), 20_000),
)
FORMS = ["physical", "psychological", "economic", "sexual"]
# What may follow a case, one after another: each is some of the one before.
CHAIN = ["story_first_action", "story_assessed"]
FREE = [
    "cases_closed", "cases_reopened", "letters_issued", "letters_asked", "letters_served", "letters_refused", "orders_filed",
    "orders_granted", "orders_dismissed", "visits_done", "visits_missed", "petitions_received", "demands_sent", "watch_begun",
    "reports_made", "sessions_held", "crimes_filed", "grave_crimes", "rounds_done", "mediations_begun",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """So many of a figure in a month of a year, with one code for each breakdown."""

    year: int
    month: int
    figure: str
    dims: tuple[str, ...] = ()


def a_case(random: Random, year: int) -> list[Event]:
    """A case of the year and what came of it."""
    month, found = random.randrange(1, 13), {key: random.choice(codes) for key, codes in FACTS.items()}
    forms = random.sample(FORMS, random.choice([1, 1, 1, 2]))
    dims = [f"{key}={code}" for key, code in found.items()] + [f"form={form}" for form in forms]
    events = [Event(year, month, "cases_opened", tuple(dims))]
    events += _calls(random, year, month, found["matter"], opened=found["channel"] == "hotline")
    if found["matter"] == "dv":
        events += _story(random, year, month, found["channel"])
    for key in random.sample(FREE, random.randrange(6)):
        events.append(_event(random, year, key))
    if random.random() < 0.5:
        events += _referral(random, year, sexual="sexual" in forms)
    for _ in range(random.randrange(3)):
        events.append(_clock(random, year))
    return events


def _calls(random: Random, year: int, month: int, matter: str, *, opened: bool) -> list[Event]:
    """The call a case came from, and others that left none."""
    kept = [("self", matter, "case_opened")] * opened + random.choice(
        [[], [], [("bystander", "dv", "advised")], [("wrong", "", "no_data")], [("silent", "", "no_data")]]
    )
    found = []
    for kind, about, outcome in kept:
        dims = (f"matter={about}", f"call_kind={kind}", "safety=safe", f"outcome={outcome}")
        found += [Event(year, month, "calls_answered"), Event(year, month, "calls_ended", dims)]
    return found


def _story(random: Random, year: int, month: int, channel: str) -> list[Event]:
    keys = ["story_opened"] + (["alarms_known"] if channel == "police_110" else [])
    keys += CHAIN[: random.choice([0, 1, 2, 2])] + [
        key for key in ("story_informed", "story_visited") if random.random() < 0.8
    ]
    if "story_first_action" in keys and random.random() < 0.5:
        keys.append("story_asked")
    keys += ["story_given"] if random.random() < 0.3 else []
    keys += random.choice(
        [
            [],
            [],
            ["story_closed"],
            ["story_closed", "story_again_12"],
            ["story_closed", "story_again_12", "story_again_6"],
        ]
    )
    return [Event(year, month, key) for key in keys]


def _event(random: Random, year: int, key: str) -> Event:
    known = {
        one.key: [*(code for group in one.groups for code in group.codes), ""] for one in FIGURES[key].dims
    }
    known |= {"town": FACTS["town"]} if "town" in known else {}
    codes = [f"{one}={random.choice(some)}" for one, some in known.items()]
    return Event(year, random.randrange(1, 13), key, tuple(sorted(codes)))


def _referral(random: Random, year: int, *, sexual: bool) -> list[Event]:
    service = random.choice(["legal_aid", "counselling", "shelter", "medical"])
    events = [Event(year, random.randrange(1, 13), "referrals_sent", (f"service={service}",))]
    keys = (["sexual_referred"] if sexual else []) + (["aid_asked"] if service == "legal_aid" else [])
    keys += random.choice([[], ["referrals_done"], ["referrals_done", "counselling_given"]])
    return events + [Event(year, 6, key) for key in keys]


def _clock(random: Random, year: int) -> Event:
    figure = random.choice(list(CLOCK_FIGURES.values()))
    clock = random.choice(listed_clocks(statutory=figure.statutory)).id
    verdict = random.choices(["met", "missed", "unknown"], [6, 2, 1])[0]
    return Event(
        year, random.randrange(1, 13), figure.key, (f"verdict={verdict}", f"clock={clock};verdict={verdict}")
    )


def cases(random: Random, n: int, *years: int) -> list[Event]:
    return [event for year in years for _ in range(n) for event in a_case(random, year)]


def months_of(events: Iterable[Event]) -> dict[int, Months]:
    found: dict[int, dict[tuple[str, str], dict[int, int]]] = {}
    for event in events:
        for dims in ("", *event.dims):
            by = found.setdefault(event.year, {}).setdefault((event.figure, dims), {})
            if dims or not event.figure.startswith("clocks_"):
                by[event.month] = by.get(event.month, 0) + 1
    return {year: found.get(year, {}) for year in range(2020, 2030)}


def book_of(events: Iterable[Event], year: int, quarters: int = 4) -> Book:
    span = Span(year, tuple(range(1, quarters + 1)))
    return Layout(span, months_of(events), {"watched": 0}, Book(), TOWNS).fill()


def published(events: Iterable[Event], year: int, live: list[Release], quarters: int = 4) -> Release:
    """Built, audited with the live ones and released, as releases.build and publish do; not stored. Raises NotPublished."""
    span, book = Span(year, tuple(range(1, quarters + 1))), book_of(events, year, quarters)
    shown, repeated = protected(book, live, lambda _: None)
    version = 1 + sum(one.period == str(year) for one in live)
    draft, now = (
        Draft("150703", span, version, len(live), book, shown, repeated, {}, TOWNS),
        datetime(2030, 1, 1, tzinfo=UTC),
    )
    values = draft.values()
    release = Release(area="150703", period=str(year), version=version, as_of=now, published_at=now)
    release.rules, release.cells, release.indicators = rules(draft), values, values_of(values, year, {})
    release.digest = digest(release)
    cells = {
        name: [cell.n, cell.least, cell.rank, cell.displayed, cell.spans] for name, cell in book.cells.items()
    }
    release.basis = ReleaseBasis(release=release, cells=cells, rows=book.rows)
    return release


def audited(now: Callable[[], float]) -> Iterator[str]:
    """A line for each size of a district: seconds of an audit, and the share of blanks it leaves."""
    yield f"{'cases a year':>14}{'numbers':>10}{'small':>8}{'hidden':>8}{'seconds':>9}{'3 late cases':>14}"
    for n in (60, 180, 450):
        events = cases(Random(1), n, 2024, 2025, 2026)  # noqa: S311
        book, began = book_of(events, 2026), now()
        release = published(events, 2026, [])
        seconds = now() - began
        displayed = [cell for cell in book.cells.values() if cell.displayed]
        small, hidden = (
            sum(cell.is_small for cell in displayed),
            sum(value is None for value in release.cells.values()),
        )
        began = now()
        try:
            published([*events, *cases(Random(2), 3, 2026)], 2026, [release])  # noqa: S311
            late = f"{now() - began:.2f} s"
        except NotPublished:
            late = "refused"
        yield f"{n:>14}{len(displayed):>10}{small:>8}{hidden:>8}{seconds:>9.2f}{late:>14}"


def counted(events: Iterable[Event], home: UUID) -> None:
    """As tallies in the database."""
    at, rows = datetime(2030, 1, 1, tzinfo=UTC), []
    for year, by_key in months_of(events).items():
        for (figure, dims), by_month in by_key.items():
            for month, n in by_month.items():
                place = {"month": date(year, month, 1), "figure": figure, "home": home, "dims": dims}
                rows.append(Tally(**place, n=n, changed_at=at))
    Tally.objects.bulk_create(rows)
