"""The tallies equal a recount, whatever happened in whatever order; what was spoiled is found and mended."""

import json
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from random import Random
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command

from indicators.consumer import count_clocks, count_pending
from indicators.figures import FIGURES
from indicators.models import CountedDeadline, Tally
from indicators.recount import reconcile
from tests.indicators.lives import NOON, a_deadline, a_step, settle, steps
from tests.people import another_federation, federation
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
STATES = ("met", "missed", "unknown", "open", "lapsed", "cancelled", "suspended")
CLOCKS = ("ppo_decision_72h", "wl_decision_72h", "ppo_wf_periodic_visit", "ppo_reconsider_order_5d")


def live(random: Random, days: int = 400) -> None:
    """A random history: steps and outcomes of a few lives, counted in between by batches of any size."""
    lives, homes, deadlines = [uuid4() for _ in range(8)], [federation(), another_federation()], []
    for _ in range(60):
        at = NOON - timedelta(days=random.randrange(days))
        figure = random.choice(list(FIGURES.values()))
        forms = random.sample(["physical", "sexual", "economic"], random.randrange(4))
        a_step(figure.flow, random.choice(figure.moves), obj=random.choice(lives), at=random.choice([at, None]),
               home=random.choice(homes), forms=forms, town=random.choice([None, "150703100"]), persons=random.randrange(4),
               attended=random.choice(["came", "absent"]), service=random.choice(["legal_aid", "shelter"]))  # fmt: skip
        if random.random() < 0.4:
            deadlines.append(
                a_deadline(random.choice(CLOCKS), random.choice(STATES), home=random.choice(homes), at=at)
            )
        if deadlines and random.random() < 0.4:
            settle(random.choice(deadlines), random.choice(STATES), at)
        if random.random() < 0.3:
            count_pending(NOON, batch=random.randrange(1, 9))
            count_clocks(NOON, batch=random.randrange(1, 9))


@pytest.mark.parametrize("seed", range(6))
def test_a_random_history_equals_its_recount(seed: int) -> None:
    live(Random(seed))
    report = reconcile(NOON)
    assert (report.differences, report.forgotten, report.checked > 20) == ([], 0, True)


@pytest.mark.parametrize("seed", range(3))
def test_the_totals_equal_a_count_by_hand(seed: int) -> None:
    live(Random(seed))
    while count_pending(NOON):
        pass
    by_hand: Counter[tuple[str, str, datetime]] = Counter()
    seen: set[tuple[str, UUID]] = set()
    for step in StepRecord.objects.order_by("seq"):
        month = ((step.happened_from or step.recorded_at) + timedelta(hours=8)).strftime("%Y-%m")
        for figure in FIGURES.values():
            if figure.flow == step.flow and step.move in figure.moves:
                if not figure.counts_step(step.facts):
                    continue
                if not (figure.once and (figure.key, step.obj_id) in seen) and figure.weight(step.facts):
                    by_hand[figure.key, step.facts["home"], month] += figure.weight(step.facts)  # type: ignore[index]
                seen.add((figure.key, step.obj_id))
    rows = Tally.objects.filter(dims="", figure__in=FIGURES).values_list("figure", "home", "month", "n")
    assert {(figure, str(home), f"{month:%Y-%m}"): n for figure, home, month, n in rows} == by_hand


def spoil() -> None:
    steps(5)
    a_deadline()
    count_pending(NOON)
    count_clocks(NOON)
    Tally.objects.filter(figure="cases_opened", dims="").update(n=9)
    Tally.objects.filter(dims="form=physical").delete()
    CountedDeadline.objects.update(verdict="missed")


def run(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("reconcile_statistics", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_wrong_number_is_told_and_the_command_fails() -> None:
    spoil()
    code, text = run("--json")
    told = json.loads(text)
    found = {(one["dims"], one["tally"], one["recount"]) for one in told["differences"]}
    assert (code, found, told["forgotten"]) == (1, {("", 9, 5), ("form=physical", 0, 5)}, 1)


def test_repair_sets_it_right_and_stays_right() -> None:
    spoil()
    codes = [run("--repair")[0], run()[0]]
    settled = Tally.objects.get(figure="cases_opened", dims="").n
    assert (codes, settled) == ([0, 0], 5)


def test_what_waits_is_no_difference() -> None:
    steps(4)
    a_deadline()
    assert run()[0] == 0
