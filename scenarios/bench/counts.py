"""A million cases counted in three ways: by going through them, from the tallies, and as a published figure.

The cases, their first steps and the tallies are coded rows without names, written by the database; the product's own
counting of one month must give the same. The audit and the stored release are the product's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep
from uuid import UUID

from django.db import connection
from django.utils import timezone

from casework.models import Case
from casework.services import open_case
from indicators.consumer import count_all
from indicators.counting import Key, tallies_of
from indicators.figures import FIGURES
from indicators.menu import months, name
from indicators.models import ChangedDeadline, Release, Tally
from indicators.releases import build, exported, publish
from indicators.selectors import homes
from indicators.stories import story_keys
from scenarios.bench.fill import Tell, Town, more_cases, settle
from scenarios.bench.race import Row, Times, race
from workflow.models import PendingStep, StepRecord

LAST, YEARS = 2025, 3
SLOWER = 0.01
SPREAD = """
UPDATE casework_case SET
    created_at = %s::timestamptz + n * (%s::timestamptz - %s::timestamptz) / %s,
    relation = (ARRAY['1_spouse', '1_spouse', 'X1_ex_spouse', 'X4_dating_or_ex', '2_parent_child'])[1 + mod(n, 5)],
    forms = CASE WHEN mod(n, 3) = 0 THEN ARRAY['physical', 'psychological'] ELSE ARRAY['physical'] END,
    danger = (ARRAY['high', 'medium', 'low', 'undetermined'])[1 + mod(n / 5, 4)],
    channel = (ARRAY['hotline', 'walk_in', 'police_110', 'committee'])[1 + mod(n / 7, 4)],
    matter = (ARRAY['dv', 'dv', 'dv', 'property_rights'])[1 + mod(n / 11, 4)],
    victim_sex = CASE WHEN mod(n, 20) = 0 THEN 'm' ELSE 'f' END,
    victim_age_band = (ARRAY['18-29', '30-44', '45-59', '60+'])[1 + mod(n / 13, 4)]
FROM (SELECT id AS which, row_number() OVER (ORDER BY reference) - 1 AS n FROM casework_case) AS numbered
WHERE id = which
"""
STEPS = """
INSERT INTO workflow_steprecord (id, rev, flow, obj_id, subject_id, move, from_state, to_state, actor_user, actor_role,
    happened_from, happened_to, precision, obj_rev, facts)
SELECT gen_random_uuid(), 1, 'case', id, id, 'open', '', 'intake', gen_random_uuid(), 'caseworker',
    created_at, created_at, 'instant', 1,
    jsonb_build_object('home', agency_id, 'matter', matter, 'forms', to_jsonb(forms), 'relation', relation,
        'danger', danger, 'channel', channel, 'sex', victim_sex, 'age_band', victim_age_band, 'town', area_id)
FROM casework_case
"""
# As indicators.counting and indicators.stories count these steps; _check compares with them.
TALLIES = """
INSERT INTO indicators_tally (month, figure, home, dims, n, changed_at)
SELECT date_trunc('month', created_at AT TIME ZONE %s)::date, figure, agency_id, dims, count(*), now()
FROM casework_case CROSS JOIN LATERAL (
    SELECT 'cases_opened', unnest(ARRAY['', 'relation=' || relation, 'danger=' || danger, 'channel=' || channel,
        'matter=' || matter, 'sex=' || victim_sex, 'age=' || victim_age_band, 'town=' || coalesce(area_id, '')])
    UNION ALL SELECT 'cases_opened', 'form=' || unnest(forms)
    UNION ALL SELECT 'story_opened', '' WHERE matter = 'dv'
    UNION ALL SELECT 'alarms_known', unnest(ARRAY['', 'danger=' || danger, 'relation=' || relation])
        WHERE matter = 'dv' AND channel = 'police_110'
    UNION ALL SELECT 'alarms_known', 'form=' || unnest(forms) WHERE matter = 'dv' AND channel = 'police_110'
) AS counted (figure, dims)
GROUP BY 1, 2, 3, 4
"""
COLUMNS = {
    "relation": "relation", "danger": "danger", "channel": "channel", "matter": "matter", "sex": "victim_sex",
    "age": "victim_age_band", "form": "unnest(forms)",
}  # fmt: skip


def rows(town: Town, cases: int, rounds: int, tell: Tell) -> Iterator[Row]:
    _fill(town, cases, tell)
    own = [UUID(str(pk)) for pk in homes(_area(town)).values_list("pk", flat=True)]
    began = perf_counter()
    release = publish(build(_area(town), LAST, date(LAST + 1, 1, 1), tell), timezone.now())
    tell(f"released in {perf_counter() - began:.1f} s: {len(release.cells):,} numbers")
    yield from _published(release, own, rounds)
    yield from _tallied(own, rounds)
    yield _fresh(town, max(2, rounds // 10))


def _area(town: Town) -> str:
    return str(town.own.area_id)


def _fill(town: Town, cases: int, tell: Tell) -> None:
    """The first case is opened as every case is; all others are likenesses of it, spread over three years."""
    if not Case.objects.exists():
        open_case(actor=town.cast.caseworker)
    more_cases(town, cases)
    PendingStep.objects.all().delete()
    ChangedDeadline.objects.all().delete()
    first, after = _span(LAST - YEARS + 1, LAST)
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, [first, after, first, cases])
        cursor.execute(STEPS)
        cursor.execute(TALLIES, [timezone.get_default_timezone_name()])
    settle()
    tell(
        f"{Case.objects.count():,} cases, {StepRecord.objects.count():,} steps, {Tally.objects.count():,} tallies"
    )
    _check(town, tell)


def _span(first: int, last: int) -> tuple[datetime, datetime]:
    zone = timezone.get_default_timezone()
    return datetime(first, 1, 1, tzinfo=zone), datetime(last + 1, 1, 1, tzinfo=zone)


def _check(town: Town, tell: Tell) -> None:
    """The steps of one federation and month, counted by the product: the tallies must say the same."""
    month, began = date(LAST, 7, 1), perf_counter()
    zone = timezone.get_default_timezone()
    span = [datetime(LAST, at, 1, tzinfo=zone) for at in (7, 8)]
    steps = StepRecord.objects.filter(
        facts__home=str(town.own.pk), happened_from__gte=span[0], happened_from__lt=span[1]
    )
    found = list(steps.defer("payload"))
    wanted = tallies_of(found)
    for step in found:
        wanted.update(story_keys([step]))
    rows = Tally.objects.filter(home=town.own.pk, month=month)
    _same({Key(*row): n for *row, n in rows.values_list(*Key._fields, "n")}, dict(wanted))
    tell(
        f"{len(found):,} of these steps counted by the product in {perf_counter() - began:.1f} s: the same numbers"
    )


def _count(columns: str, own: list[UUID]) -> dict[str, int]:
    """By going through the cases of the year."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns or repr('')} AS what, count(*) FROM casework_case "  # noqa: S608
            "WHERE agency_id = ANY(%s) AND created_at >= %s AND created_at < %s GROUP BY what",
            [own, *_span(LAST, LAST)],
        )
        return dict(cursor.fetchall())


def _published(release: Release, own: list[UUID], rounds: int) -> Iterator[Row]:
    """Every breakdown of the cases, one figure and all of them, against the cases themselves."""
    total = name("cases_opened", LAST)

    def one_cell(_number: int) -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (cells ->> %s)::int FROM indicators_release WHERE id = %s", [total, release.pk]
            )
            return cursor.fetchone()[0]

    def all_cells(_number: int) -> object:
        return exported(Release.objects.get(pk=release.pk))

    _same(one_cell(0), sum(_count("", own).values()))
    few = max(2, rounds // 20)
    yield race("A published total of a year against counting the cases", one_cell, lambda _: _count("", own),
               rounds=few, target=SLOWER)  # fmt: skip
    yield race(
        "  the whole release against counting every breakdown", all_cells,
        lambda _: [_count(column, own) for column in COLUMNS.values()], rounds=few, target=SLOWER,
        note=f"{len(release.cells):,} numbers read against the {len(COLUMNS)} breakdowns of one figure counted.",
    )  # fmt: skip


def _tallied(own: list[UUID], rounds: int) -> Iterator[Row]:
    few = max(2, rounds // 20)
    for key, column in COLUMNS.items():
        counted, tallied = _count(column, own), _by(key, own)
        _same(tallied, counted)
    yield race("A breakdown of a year from the tallies, against the cases", lambda _: _by("relation", own),
               lambda _: _count("relation", own), rounds=few, target=SLOWER)  # fmt: skip
    yield race(
        "  all figures of a year, against one breakdown of the cases", lambda _: months(own, LAST),
        lambda _: _count("relation", own), rounds=few,
        note=f"{len(FIGURES)} figures may stand in the tallies; here it is those of the cases.",
    )  # fmt: skip


def _by(key: str, own: list[UUID]) -> dict[str, int]:
    return {
        dims.partition("=")[2]: sum(by_month.values())
        for (figure, dims), by_month in months(own, LAST, "cases_opened").items()
        if dims.startswith(f"{key}=")
    }


def _same(one: object, other: object) -> None:
    if one != other:
        raise RuntimeError(f"counted differently: {one} and {other}")


def _fresh(town: Town, rounds: int) -> Row:
    """A case is opened in the middle of the beat, and the tally looked at until it has grown."""
    took = []
    with _beating(1.0):
        for number in range(rounds):
            sleep(0.37 * number % 1)
            before = _seen(town.own.pk)
            open_case(actor=town.cast.caseworker)
            began = perf_counter()
            while _seen(town.own.pk) == before:
                sleep(0.005)
            took.append(perf_counter() - began)
    slowest = f"Median {median(took):.2f} s, slowest of {rounds}: {max(took):.2f} s; target 2 s."
    note = f"Counted once a second, as the beat does. {slowest}"
    return Row("From a case opened to its tally", Times.of(took), note=note)


def _seen(home: UUID) -> int:
    month = timezone.localdate().replace(day=1)
    rows = Tally.objects.filter(home=home, figure="cases_opened", dims="", month=month)
    return sum(rows.values_list("n", flat=True))


@contextmanager
def _beating(seconds: float) -> Iterator[None]:
    """The consumer beside us, on a connection of its own."""
    over = Event()

    def beat() -> None:
        try:
            while not over.wait(seconds):
                count_all(timezone.now())
        finally:
            connection.close()

    consumer = Thread(target=beat, daemon=True)
    consumer.start()
    try:
        yield
    finally:
        over.set()
        consumer.join()
