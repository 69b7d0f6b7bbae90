"""Casework figures become values of a round by themselves: through releases, never exact, and never typed by anybody."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from indicators.models import Release
from monitor.entry import save
from monitor.models import Publication, Reporter, Round, Submission, Value
from monitor.organisation import report
from tests.monitor.rounds import (
    a_chair,
    bureau,
    collecting,
    health,
    office,
    row,
    the_health_office,
)
from tests.people import signed_in
from workflow.engine import NotAllowed, perform
from workflow.errors import NotVisible

pytestmark = pytest.mark.django_db


def release(version: int = 1, period: str = "2025", **told: str | None) -> Release:
    """`told`: CW_02_issued="37"; None: the release withholds it."""
    rows = []
    for name, value in told.items():
        figure, part = name[:5].replace("_", "."), name[6:]
        state = "withheld" if value is None else "number"
        rows.append(
            {"id": figure, "part": part, "version": 1, "unit": "cases", "state": state, "value": value}
        )
    return Release.objects.create(
        area="150703", period=period, version=version, as_of=timezone.now(), cells={}, indicators=rows, rules={},
        digest="0" * 64, published_at=timezone.now(),
    )  # fmt: skip


def told(code: str, **more: Any) -> list[tuple[int, str, int | None]]:
    rows = Value.objects.filter(indicator=code, **more).order_by("year", "version")
    return [(one.year, one.answer, one.x) for one in rows]


def to_the_board(one: Round) -> dict[str, Any]:
    chair = a_chair()
    for move in ("close", "hand_up"):
        perform(one, move, actor=bureau())
    perform(one, "approve", actor=chair)
    perform(one, "publish", actor=bureau())
    found: dict[str, Any] = Publication.objects.get(round=one).content["indicators"]
    return found


def test_figures_flow_in_from_the_newest_release_with_their_source_and_what_it_hides_stays_hidden() -> None:
    release(period="2024", CW_02_issued="31", CW_05_filed="9")
    first = release(CW_02_issued="36", CW_05_filed=None, CW_07_rate="81.3")
    one, _submission = collecting()
    assert told("D8.04b") == [(2024, "number", 31), (2025, "number", 36)]
    assert told("D8.04d") == [(2024, "number", 9), (2025, "suppressed", None)]
    second = release(version=2, CW_02_issued="37", CW_05_filed=None, CW_07_rate="81.3")
    page = signed_in(Client(), bureau()).get(one.get_absolute_url()).content.decode()
    assert "家暴告诫书数" in page and "统计发布 2025 第1版" in page
    rows = to_the_board(one)
    final = Value.objects.filter(indicator="D8.04b", year=2025).order_by("version")
    assert [(v.x, v.status, v.release) for v in final] == [
        (36, "provisional", first), (37, "provisional", second), (37, "final", second),
    ]  # fmt: skip
    assert (rows["D8.04b"]["values"], rows["D8.04d"]["values"]) == (
        [[2024, "31"], [2025, "37"]],
        [[2024, "9"], [2025, None]],
    )
    assert (rows["D8.04f"]["values"], rows["D8.04f"]["reasons"]) == ([[2025, "81.3"]], ["one_value"])


def test_no_verdict_stands_on_older_values_when_the_newest_is_withheld() -> None:
    for year in range(2019, 2025):
        release(period=str(year), CW_07_rate=f"{90 - year % 100}.0")
    release(CW_07_rate=None)
    one, _submission = collecting()
    row = to_the_board(one)["D8.04f"]
    assert (row["status"], row["met"], row["level"], row["swing"], row["forecast"], row["reasons"]) == (
        "not_measurable", None, "", "", None, ["last_withheld"],
    )  # fmt: skip


def test_nobody_types_what_flows_in() -> None:
    one, submission = collecting()
    Reporter.objects.create(area=one.area, indicator="D8.04b", agency=the_health_office())
    assert all(slot.indicator.code != "D8.04b" for slot in submission.slots())
    with pytest.raises(NotVisible):
        save(submission, [row("D8.04b", x=40)], actor=health())
    with pytest.raises(NotAllowed):
        report("150703", "D8.04b", actor=bureau(), agency=the_health_office())
    assert "由统计发布自动汇入" in signed_in(Client(), office()).get("/plan/targets/D8.T4/").content.decode()
    assert Submission.objects.count() == 1 and not Value.objects.exists()
