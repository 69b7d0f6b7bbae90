"""A release is frozen, hashed and versioned; what is not on the menu, not over or not safe is not published."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Area
from indicators import releases
from indicators.audit import Book, Refused, protect
from indicators.consumer import count_all
from indicators.ledger import NotPublished
from indicators.menu import DATA, Span, least_of, read
from indicators.models import Release
from tests.indicators.lives import NOON, a_step, steps
from tests.people import an_agency, federation

AREA, AFTER = "150703", date(2027, 1, 1)


def released(year: int = 2026, today: date = AFTER) -> Release:
    federation()
    count_all(NOON)
    return releases.publish(releases.build(AREA, year, today), timezone.now())


def number(release: Release, series: str, breakdown: str = "", group: str = "") -> int | None:
    found: int | None = release.cells[f"{series}|{release.period}|{breakdown}|{group}"]
    return found


@pytest.mark.parametrize(
    ("day", "quarters"),
    [(date(2026, 3, 31), ()), (date(2026, 4, 1), (1,)), (date(2026, 12, 31), (1, 2, 3)), (date(2027, 1, 1), (1, 2, 3, 4))],
)  # fmt: skip
def test_only_what_is_over_is_published(day: date, quarters: tuple[int, ...]) -> None:
    assert Span.of(2026, day).quarters == quarters


def test_the_limits_can_be_raised_and_never_lowered(settings: Any) -> None:
    settings.SMALLEST_FIGURE, settings.SMALLEST_SENSITIVE_FIGURE = 2, 3
    low = least_of("cases_opened"), least_of("cases_opened", "form", "sexual"), least_of("sexual_referred")
    settings.SMALLEST_FIGURE, settings.SMALLEST_SENSITIVE_FIGURE = 7, 20
    assert (low, least_of("cases_opened"), least_of("cases_opened", "age", "minor")) == ((5, 10, 10), 7, 20)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by: [unit]", "by: [town]"),
        ("by: [unit]", "by: [unit, nothing]"),
        ("  crimes_filed:", "  no_figure:"),
    ],
)
def test_a_menu_with_towns_or_unknown_things_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError):
        read(DATA.read_text("utf-8").replace(old, new, 1))


def test_what_cannot_be_hidden_is_refused_not_published() -> None:
    book = Book()
    book.put("all", 12, rank=2)
    book.total("all", [book.put("a", 9), book.put("b", 3)])
    with pytest.raises(Refused):
        protect(book, {"all", "a"}, free=set())


@pytest.mark.django_db
def test_a_release_stays_as_it_was_and_a_correction_is_a_new_version() -> None:
    steps(40, relation="1_spouse", sex="f", age_band="30-44")
    steps(7, "protection_order", "file")
    first = released()
    steps(2)
    second = released()
    steps(30, relation="1_spouse", sex="f", age_band="30-44")
    third = released()
    first.refresh_from_db()
    assert [number(one, "cases_opened") for one in (first, second, third)] == [40, 40, 72]
    assert ([one.version for one in releases.latest(AREA)], first.digest == releases.digest(first)) == (
        [3],
        True,
    )
    assert (
        number(first, "orders_filed"),
        number(third, "orders_filed"),
        number(third, "orders_granted"),
    ) == (7, 7, None)


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_a_release() -> None:
    release = released()
    for change in (
        lambda: Release.objects.update(digest="0"),
        lambda: Release.objects.filter(pk=release.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_a_rate_has_a_base_of_ten_and_both_its_parts_shown() -> None:
    steps(30, "protection_order", "grant")
    steps(10, "protection_order", "dismiss")
    steps(20, "referral", "accept", service="legal_aid")
    steps(2, "referral", "refuse", service="legal_aid")
    found = {f"{one['id']} {one['part']}": (one["state"], one["value"]) for one in released().indicators}
    assert {key: found[key] for key in ("CW.07 rate", "CW.29 granted", "CW.28 answered", "CW.25 events", "CW.36 hours")} == {
        "CW.07 rate": ("number", "75.0"), "CW.29 granted": ("withheld", None),
        "CW.28 answered": ("not_recorded", None), "CW.25 events": ("number", "0"), "CW.36 hours": ("withheld", None),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_running_year_gives_its_closed_quarters_and_no_more() -> None:
    steps(9)
    steps(9, at=datetime(2026, 5, 4, tzinfo=UTC))
    release = released(today=date(2026, 5, 30))
    quarters = {name: n for name, n in release.cells.items() if name.startswith("cases_opened")}
    assert (quarters, {one["state"] for one in release.indicators}) == (
        {"cases_opened|2026Q1||": 9}, {"not_due"},
    )  # fmt: skip


@pytest.mark.django_db
def test_an_area_around_one_that_publishes_is_refused() -> None:
    released()
    around = Area.objects.create(code="150700", name="呼伦贝尔市")
    Area.objects.filter(code=AREA).update(parent=around)
    an_agency(AgencyKind.FEDERATION, "呼伦贝尔市妇女联合会", area=around)
    with pytest.raises(NotPublished):
        releases.build("150700", 2026, AFTER)


@pytest.mark.django_db
def test_the_command_publishes_and_writes_the_files(tmp_path: Path) -> None:
    year = timezone.localdate().year - 1
    for month in (1, 4, 7, 10):
        steps(8, at=datetime(year, month, 5, tzinfo=UTC))
    a_step("protection_order", "file", at=datetime(year, 2, 1, tzinfo=UTC), home=federation())
    out = StringIO()
    call_command("release_statistics", period=str(year), json=str(tmp_path), stdout=out, stderr=StringIO())
    [path] = tmp_path.glob("*.json")
    told = json.loads(path.read_text("utf-8"))
    cells = {(one["figure"], *one["dimensions"].values()): one["value"] for one in told["cells"]}
    assert (path.name, told["format"], told["sha256"] in out.getvalue()) == (
        f"release-{AREA}-{year}-v1.json",
        "huhang-release/1",
        True,
    )
    assert (
        cells["cases_opened", str(year)],
        cells["cases_opened", f"{year}Q2"],
        cells["orders_filed", str(year)],
    ) == (32, 8, None)


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2026-Q1", "2026-03", "26", "2026..2027", "year", "２０２６"])
def test_the_command_takes_a_year_and_nothing_else(period: str) -> None:
    with pytest.raises(CommandError):
        call_command("release_statistics", period=period, area=AREA, stderr=StringIO())


@pytest.mark.django_db
def test_a_rehearsal_stores_nothing() -> None:
    steps(30, at=timezone.now())
    out = StringIO()
    call_command(
        "release_statistics",
        period=str(timezone.localdate().year),
        rehearse=True,
        stdout=out,
        stderr=StringIO(),
    )
    assert (out.getvalue().startswith("rehearsed"), Release.objects.count()) == (True, 0)
