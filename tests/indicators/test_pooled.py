"""A rate that one year may not tell is told over three, as far as the single years stay hidden; towns only in groups."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from agencies.models import Area
from indicators.ledger import NotPublished
from indicators.models import Release, TownGrouping
from indicators.releases import exported
from indicators.towns import FEWEST_RESIDENTS, NotGrouped, group_towns, read, town_groups
from scenarios.bench.districts import TOWNS, Event, cases, published
from tests.indicators.attack import Attack
from tests.indicators.lives import steps
from tests.indicators.test_releases import AREA, released
from tests.people import a_caseworker, a_lead, a_supervisor, signed_in

GRANTED, DISMISSED = "orders_granted", "orders_dismissed"
RATE = ("CW.07", "rate")


def orders(**by_year: tuple[int, int]) -> list[Event]:
    """Orders granted and dismissed in each year."""
    found = []
    for year, (granted, dismissed) in by_year.items():
        found += [Event(int(year[1:]), 3, GRANTED, ("measures=M1",))] * granted
        found += [Event(int(year[1:]), 3, DISMISSED)] * dismissed
    return found


def row(release: Release) -> dict[str, Any]:
    return next(one for one in release.indicators if (one["id"], one["part"]) == RATE)


def test_small_years_make_one_rate_together() -> None:
    release = published(orders(y2024=(4, 4), y2025=(4, 4), y2026=(4, 3)), 2026, [])
    assert row(release) == {
        "id": "CW.07", "part": "rate", "version": 1, "unit": "percent", "state": "withheld", "value": None,
        "over": "2024-2026", "value_over": "52.2",
    }  # fmt: skip
    assert [release.cells[f"{GRANTED}|{period}||"] for period in ("2024-2026", "2026")] == [12, None]


@pytest.mark.parametrize("other", [(30, 30), (9, 40)])
def test_the_span_is_withheld_where_it_would_tell_a_small_year(other: tuple[int, int]) -> None:
    """Two years that are public and their span would leave the third."""
    events = orders(y2024=other, y2025=other, y2026=(2, 1))
    live: list[Release] = []
    for year in (2024, 2025, 2026):
        live.append(published(events, year, live))
    assert row(live[-1])["value_over"] is None
    assert (live[-1].cells[f"{GRANTED}|2024-2026||"], row(live[1])["state"]) == (None, "number")


def test_two_spans_that_overlap_do_not_tell_the_year_they_do_not_share() -> None:
    """2023–2025 and 2024–2026 differ by 2026 less 2023, and 2026 is public."""
    events = orders(y2023=(2, 2), y2024=(9, 9), y2025=(9, 9), y2026=(9, 9))
    live: list[Release] = []
    for year in (2025, 2026):
        live.append(published(events, year, live))
    assert [live[1].cells[f"{GRANTED}|{period}||"] for period in ("2026", "2024-2026")] == [9, None]
    bounds = Attack().read([exported(one) for one in live]).bounds()
    for figure in (GRANTED, DISMISSED):
        low, high = bounds[f"0:{figure}|2023||"]
        assert low == 0 and high >= 4, figure


def test_towns_stand_in_groups_that_add_up_and_never_alone() -> None:
    release = published(cases(Random(5), 450, 2026), 2026, [])
    cells = {
        name.split("|")[3]: n
        for name, n in release.cells.items()
        if name.startswith("cases_opened|2026|town_group|")
    }
    assert list(cells) == [*(group.code for group in TOWNS), "elsewhere"]
    assert sum(n or 0 for n in cells.values()) == release.cells["cases_opened|2026||"]
    assert [name for name in release.cells if "|town|" in name] == []


def drawn(**groups: int) -> dict[str, tuple[str, int]]:
    """Two towns to a group, with the residents of each."""
    places = [(name, n) for name, n in groups.items() for _ in range(2)]
    codes = [f"{AREA}{number:03d}" for number in range(1, len(places) + 1)]
    for code in codes:
        Area.objects.get_or_create(code=code, defaults={"name": code, "parent_id": AREA})
    return dict(zip(codes, places, strict=True))


@pytest.mark.django_db
def test_groups_below_the_limits_are_refused_and_good_ones_are_a_new_version() -> None:
    lead = a_lead()
    half = FEWEST_RESIDENTS // 2
    for groups in ({"north": half, "south": half}, {"north": half, "south": half, "east": half - 1}):
        with pytest.raises(NotGrouped):
            group_towns(actor=lead, towns=drawn(**groups))
        Area.objects.filter(parent=AREA).delete()
    good = drawn(north=half, south=half, east=half)
    with pytest.raises(NotGrouped):
        group_towns(actor=lead, towns=dict(list(good.items())[1:]))
    assert town_groups(AREA) == ()
    first, second = (group_towns(actor=lead, towns=good) for _ in range(2))
    assert ([one.code for one in read(first.groups)], TownGrouping.objects.count()) == (
        ["1.1", "1.2", "1.3"],
        2,
    )
    assert town_groups(AREA) == read(second.groups)


@pytest.mark.django_db
def test_the_duty_leader_draws_the_groups_on_a_page_and_nobody_else() -> None:
    towns = drawn(north=FEWEST_RESIDENTS, south=FEWEST_RESIDENTS, east=FEWEST_RESIDENTS)
    typed = {
        f"{name}_{code}": said
        for code, (group, n) in towns.items()
        for name, said in (("group", group), ("residents", n))
    }
    few = typed | {f"residents_{code}": 10 for code in list(towns)[:2]}
    lead, others = a_lead(), (a_supervisor(), a_caseworker())
    codes = [signed_in(Client(), actor).post("/figures/towns/", typed).status_code for actor in others]
    with pytest.raises(PermissionDenied):
        group_towns(actor=others[0], towns=towns)
    client = signed_in(Client(), lead)
    codes += [client.post("/figures/towns/", answers).status_code for answers in (few, typed)]
    assert (codes, TownGrouping.objects.count()) == ([404, 404, 400, 302], 1)
    form = client.get("/figures/towns/").context["form"]
    again = {name: form[name].value() for name in form.fields}
    assert again == typed and client.post("/figures/towns/", again).status_code == 302


@pytest.mark.django_db
def test_a_new_drawing_does_not_tell_the_town_that_moved() -> None:
    """The same year by the old groups and by the new: their difference is the town that changed sides."""
    lead, half = a_lead(), FEWEST_RESIDENTS
    towns = drawn(north=half, south=half, east=half)
    codes = list(towns)
    for code, n in zip(codes, (20, 3, 20, 20, 20, 20), strict=True):
        steps(n, town=code)
    group_towns(actor=lead, towns=towns)
    first = released()
    group_towns(actor=lead, towns={**towns, codes[1]: ("south", half)})
    try:
        second = released()
    except NotPublished:
        return
    groups = [{name: n for name, n in one.cells.items() if "|town_group|" in name} for one in (first, second)]
    moved = {frozenset(one.rules["town_groups"][0]["towns"]) for one in (first, second)}
    assert len(moved) == 2 and groups[0].keys().isdisjoint(
        {name for name in groups[1] if not name.endswith("elsewhere")}
    )
    old, new = groups[0]["cases_opened|2026|town_group|1.1"], groups[1]["cases_opened|2026|town_group|2.1"]
    assert old is None or new is None
