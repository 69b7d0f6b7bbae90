"""Values nobody types: figures of the casework as its newest releases tell them, and sums of lower levels. No exact count.

What a release withholds is withheld here too, and what it shows is all a verdict can be made of.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from agencies.actor import Actor
from indicators.models import Release
from indicators.releases import latest
from monitor import selectors
from monitor.dictionary import Indicator, dictionary
from monitor.levels import Levels
from monitor.stored import Answer, Reporter, Status, Value

ANSWERS = {"number": Answer.NUMBER, "withheld": Answer.SUPPRESSED, "not_recorded": Answer.UNKNOWN}
TOLD = ("answer", "x", "n", "number", "source", "release_id")


def from_casework() -> list[Indicator]:
    return [one for one in dictionary().indicators.values() if one.casework]


def flow_in(area: str, until: int, round_id: UUID, *, actor: Actor, now: datetime) -> int:
    """The next version of every such value up to this year that is new or says something else; how many."""
    found = [*released(area, until), *summed(area, until)]
    codes = {code for code, _year, _given in found}
    known = {v.key: v for v in selectors.newest(Value.objects.filter(area=area, indicator__in=codes))}
    made = []
    for code, year, given in found:
        last = known.get((code, year, "all", ""))
        if last is None or any(getattr(last, name) != given[name] for name in TOLD):
            made.append(_version(last, code, year, given, area, round_id, actor, now))
    Value.objects.bulk_create(made)
    return len(made)


def released(area: str, until: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(indicator, year, what is told) of the newest release of each year."""
    for release in latest(area):
        if release.period.isdigit() and int(release.period) <= until:
            rows = {f"{row['id']}.{row['part']}": row for row in release.indicators}
            yield from _of_release(release, rows, from_casework())


def summed(area: str, until: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Sums of the areas right below, of what nobody here reports. Only where every part is shown."""
    below = Levels(area)
    if not below:
        return
    reported = set(Reporter.objects.filter(area=area).values_list("indicator", flat=True))
    source = f"下级汇总（{len(below.parts)}个地区）"
    for code, year, x, n in below.sums(until):
        if code not in reported:
            given = {"answer": Answer.NUMBER, "x": x, "n": n, "number": None}
            yield code, year, {**given, "source": source, "release_id": None}


def _of_release(
    release: Release, rows: dict[str, dict[str, Any]], ours: Iterable[Indicator]
) -> Iterator[tuple[str, int, dict[str, Any]]]:
    source = f"统计发布 {release.period} 第{release.version}版"
    for one in ours:
        row = rows.get(one.casework)
        if row is None or row["state"] not in ANSWERS:
            continue
        told: dict[str, Any] = {"x": None, "n": None, "number": None, "source": source}
        if row["state"] == "number":
            told |= {"x": int(row["value"])} if one.measure == "count" else {"number": Decimal(row["value"])}
        yield (
            one.code,
            int(release.period),
            {**told, "answer": ANSWERS[row["state"]], "release_id": release.pk},
        )


def _version(
    last: Value | None,
    code: str,
    year: int,
    given: dict[str, Any],
    area: str,
    round_id: UUID,
    actor: Actor,
    now: datetime,
) -> Value:
    own: Any = actor.agency_id
    was_final = last is not None and last.status in (Status.FINAL, Status.REVISED)
    return Value(
        area_id=area, indicator=code, definition=dictionary().indicators[code].version, year=year,
        version=last.version + 1 if last else 1, agency_id=own, round_id=round_id,
        status=Status.REVISED if was_final else Status.PROVISIONAL, entered_by_id=actor.user_id, entered_at=now, **given,
    )  # fmt: skip
