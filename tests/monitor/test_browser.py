"""A round in real browsers: the health office reports, the bureau checks, the chair approves, everybody sees the board."""

import pytest

from monitor.models import EarlyWarning, Round, Submission
from tests.browser.conftest import place
from tests.browser.seats import PHONE, House
from tests.monitor.rounds import a_chair, bureau, collecting, good_rows, health, office, past, responsible
from workflow.engine import perform

__all__ = ["place"]
pytestmark = pytest.mark.browser


def test_a_round_from_the_units_page_to_the_board(place: House) -> None:
    past("D1.04b", 270, 262, 255, 248)
    responsible("D1.T4")
    one, submission = collecting()
    chair = a_chair()
    unit, statistics = place.seat(health()), place.seat(bureau())
    unit.go("/cases/inbox/")
    unit.press(submission.title())
    for row in good_rows():
        for name in ("x", "n"):
            unit.page.locator(f'[name="{row.slot.key}|{name}"]').fill(row.text(name))
    unit.page.locator('[name="D1.02b|all||n"]').fill("38")
    unit.press("保存")
    unit.says("没有保存任何内容", "部分大于总数")
    unit.look("plan-1-work-refused")
    unit.page.locator('[name="D1.02b|all||n"]').fill("400")
    unit.press("保存")
    unit.says("已保存 6 个数值")
    unit.step(submission, "hand_in")
    perform(submission, "accept", actor=bureau())
    for move in ("close", "hand_up"):
        perform(one, move, actor=bureau())
    perform(one, "approve", actor=chair)
    statistics.go(one.get_absolute_url())
    statistics.step(one, "publish")
    assert (Round.objects.get().state, Submission.objects.get().state) == ("published", "accepted")
    committee = place.seat(office())
    committee.go("/plan/")
    committee.says("预警指标", "红色")
    committee.look("plan-3-board")
    committee.go("/plan/targets/D1.T4/")
    committee.says("到2030年达标的可能性")
    warning = EarlyWarning.objects.get(indicator="D1.04b")
    unit.go(warning.get_absolute_url())
    unit.step(warning, "acknowledge")
    phone = place.seat(health(), size=PHONE)
    for number, path in enumerate(
        ("/plan/", "/plan/warnings/", "/plan/units/", submission.get_absolute_url())
    ):
        phone.go(path)
        phone.look(f"plan-6-phone-{number}")
