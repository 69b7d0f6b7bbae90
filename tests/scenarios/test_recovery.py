"""Judicial assistance in a told case, and recovery in the demonstration."""

from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from casework.measures.interview.models import Interview
from casework.measures.recovery_plan.models import Aid, RecoveryPlan
from scenarios.cast import call_together
from scenarios.demo.recovery import tell_recovery
from scenarios.demo.stories import Teller, tell
from tests.people import town
from tests.scenarios.test_families import told

pytestmark = pytest.mark.django_db


def test_assistance_that_a_court_granted_is_kept_and_nothing_is_pretended(tmp_path: Path) -> None:
    outcome = told(tmp_path, [("2022-05-01", "judicial_relief_granted", "检察院", "发放救助金20,000元")])
    aid, kinds = Aid.objects.get(), list(outcome.case.happenings.values_list("kind", flat=True))
    assert (aid.answer, aid.yuan, aid.body, aid.plan.state, kinds, outcome.not_yet) == (
        "granted", 20000, "procuratorate", "drafted", ["judicial_relief_granted"], {},
    )  # fmt: skip


def test_the_demonstration_has_plans_and_an_interview_repeated_for_a_reason() -> None:
    teller = Teller(call_together(), Random(1), timezone.now(), [town()])
    tell_recovery(teller, [tell(teller, number) for number in (0, 2)])
    plans = sorted(RecoveryPlan.objects.values_list("state", flat=True))
    interviews = list(Interview.objects.order_by("created_at").values_list("state", "repeat"))
    assert (plans, interviews) == (["drafted", "running"], [("held", False), ("planned", True)])
