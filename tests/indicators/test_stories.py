"""What followed a case's opening and what came back after its closing, whatever the order it was counted in."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from indicators.consumer import count_all, count_pending
from indicators.models import Tally
from indicators.recount import reconcile
from tests.indicators.lives import NOON, a_step

pytestmark = pytest.mark.django_db
OPENED = datetime(2025, 2, 3, 4, tzinfo=UTC)


def stories(dims: str = "") -> dict[str, tuple[date, int]]:
    rows = Tally.objects.filter(figure__startswith="story_", dims=dims, n__gt=0)
    return {
        figure.removeprefix("story_"): (month, n)
        for figure, month, n in rows.values_list("figure", "month", "n")
    }


def of(case: UUID, flow: str, move: str, days: float, **facts: Any) -> None:
    a_step(
        flow,
        move,
        obj=case if flow == "case" else None,
        subject=case,
        at=OPENED + timedelta(days=days),
        **facts,
    )


def test_a_case_counts_in_the_month_it_was_opened_at_every_station_it_reached() -> None:
    case, other = uuid4(), uuid4()
    of(case, "case", "open", 0)
    of(other, "case", "open", 1)
    of(case, "warning_letter", "request", 0.5)
    of(case, "warning_letter", "issue", 40)
    count_all(NOON)
    feb = date(2025, 2, 1)
    told = stories()
    assert {key: told[key] for key in ("opened", "asked", "given", "first_action")} == {
        "opened": (feb, 2), "asked": (feb, 1), "given": (feb, 1), "first_action": (feb, 1),
    }  # fmt: skip
    assert (stories("hours=12"), "assessed" in told) == ({"first_action": (feb, 1)}, False)


@pytest.mark.parametrize(
    ("days", "found"), [(181, {"again_6", "again_12"}), (182, {"again_12"}), (366, set())]
)
def test_new_violence_counts_up_to_the_same_day_of_the_month(days: int, found: set[str]) -> None:
    case = uuid4()
    of(case, "case", "close", 0)
    of(case, "follow_up_visit", "hold", 5, new_violence=False)
    of(case, "follow_up_visit", "hold", days, new_violence=True)
    count_all(NOON)
    assert {key for key in stories() if key.startswith("again")} == found


def test_an_earlier_step_that_is_counted_later_moves_the_story() -> None:
    case = uuid4()
    of(case, "case", "open", 0)
    of(case, "referral", "send", 3)
    count_all(NOON)
    of(case, "case", "assess", 1)
    count_all(NOON)
    assert (set(stories("hours=72")), set(stories("hours=24"))) == (set(), {"first_action"})


@pytest.mark.parametrize("seed", range(3))
def test_random_stories_equal_their_recount_and_are_mended(seed: int) -> None:
    random, cases = Random(seed), [uuid4() for _ in range(6)]
    moves = [
        ("case", "open"),
        ("case", "close"),
        ("referral", "send"),
        ("protection_order", "report_breach"),
        ("case", "assess"),
    ]
    for _ in range(60):
        flow, move = random.choice(moves)
        of(random.choice(cases), flow, move, random.randrange(500))
        if random.random() < 0.3:
            count_pending(NOON, batch=random.randrange(1, 9))
    right = reconcile(NOON)
    Tally.objects.filter(figure="story_opened").update(n=77)
    spoiled = len(reconcile(NOON, repair=True).differences)
    count_all(NOON)
    assert (right.differences, right.forgotten, spoiled > 0, reconcile(NOON).differences) == ([], 0, True, [])
