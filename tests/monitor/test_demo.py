"""The demonstration's five years are invented, marked, and go the whole way to the board."""

from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from monitor.board import Board
from monitor.models import EarlyWarning, PlanRecord, PlanReport, Publication, Round, Value
from monitor.stored import INVENTED
from scenarios.cast import call_together
from scenarios.demo.plan import tell_plan
from scenarios.demo.stories import Teller


@pytest.mark.django_db
def test_five_invented_years_reach_the_board_and_say_that_they_are_invented() -> None:
    teller = Teller(call_together(), Random(1), timezone.now(), [])
    tell_plan(teller)
    assert not Value.objects.exclude(source=INVENTED).exists()
    board = Board(Publication.objects.get().content)
    statuses = {one.code for one in board.all_targets}
    assert {"reached", "hard", "not_measurable"} <= statuses and board.content["monitorable"] > 50
    assert (PlanReport.objects.get().state, PlanRecord.objects.count()) == ("published", 5)
    assert EarlyWarning.objects.get(indicator="D1.04b", kind="hard").state == "answered"
    assert "不是本区的真实数据" in Client().get("/plan/public/150703/").content.decode()
    before = Value.objects.count(), Round.objects.count()
    tell_plan(teller)
    assert (Value.objects.count(), Round.objects.count()) == before
