"""The whole life of a mediation, the hard block where there is danger, and the way over to a violence case."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework import services
from casework.happenings import HappeningKind as K
from casework.models import Case, Happening, Incident, Task
from casework.suggestions import suggestions_for
from privacy.reading import reveal
from tests.casework.cases import ALL_NO, a_case
from tests.family_mediation.mediations import a_marriage_case, a_mediation, talking
from tests.people import a_caseworker
from workflow.engine import perform

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=14)
TERMS: dict[str, Any] = {"terms": "孩子随母亲生活，父亲每周探望。", "signed": True, "follow_up_on": SOON}


def test_from_a_first_talk_to_an_agreement_that_is_kept() -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    perform(mediation, "hold", actor=worker, signs=False)
    perform(mediation, "agree", actor=worker, **TERMS)
    perform(mediation, "keep", actor=worker, after="双方都说能照办")
    kinds = list(Happening.objects.filter(case=mediation.case_id).values_list("kind", flat=True))
    assert (mediation.state, mediation.talks, kinds) == ("kept", 2, [K.MEDIATION_ATTEMPTED] * 2)


def test_an_agreement_plans_a_visit() -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    perform(mediation, "agree", actor=worker, **TERMS)
    [task] = Task.objects.filter(case=mediation.case_id)
    assert (task.kind, timezone.localdate(task.due_at), task.obj_id) == ("wf_visit", SOON, mediation.pk)


@pytest.mark.parametrize(("move", "takes", "state"), [
    ("fail", {"reason": "各执一词"}, "failed"), ("stop", {"reason": "一方不愿继续"}, "stopped"),
])  # fmt: skip
def test_talks_may_end_without_an_agreement(move: str, takes: dict[str, str], state: str) -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    perform(mediation, move, actor=worker, **takes)
    assert mediation.state == state


def test_signs_of_violence_make_it_a_violence_case() -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    perform(mediation, "convert", actor=worker, seen_forms=["physical"], seen="袖口下有淤青，单独询问时哭了")
    case = Case.objects.get(pk=mediation.case_id)
    [incident] = Incident.objects.filter(case=case)
    tasks = list(Task.objects.filter(case=case, done_at=None).values_list("kind", flat=True))
    assert (mediation.state, case.matter, case.legal_route, case.forms, tasks) == (
        "converted", "dv", True, ["physical"], ["reassess_danger"],
    )  # fmt: skip
    assert reveal(incident, "account", actor=worker) == {"account": "袖口下有淤青，单独询问时哭了"}


@pytest.mark.parametrize("before", ["failed", "broken", "agreed"])
def test_even_afterwards_it_can_become_one(before: str) -> None:
    worker = a_caseworker()
    mediation = talking(worker)
    if before == "failed":
        perform(mediation, "fail", actor=worker, reason="各执一词")
    else:
        perform(mediation, "agree", actor=worker, **TERMS)
    if before == "broken":
        perform(mediation, "break", actor=worker)
    perform(mediation, "convert", actor=worker, seen_forms=["psychological"], seen="被威胁")
    assert mediation.state == "converted"


def test_danger_that_rises_while_they_talk_is_shown_at_once() -> None:
    worker = a_caseworker()
    case = a_case(worker, forms=["psychological"])
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    case.refresh_from_db()
    mediation = a_mediation(worker, case)
    services.assess_danger(case, actor=worker, answers=ALL_NO | {"F1": "yes"})
    case.refresh_from_db()
    urgent = [
        hint.url.rsplit("/", 1)[-1]
        for hint in suggestions_for(case, worker)
        if hint.urgent and "family_mediation" in hint.url
    ]
    perform(mediation, "stop", actor=worker, reason="危险等级升高")
    assert (urgent, mediation.state) == (["stop"], "stopped")


def test_a_mediation_of_a_marriage_needs_no_scale() -> None:
    worker = a_caseworker()
    assert a_mediation(worker, a_marriage_case(worker)).state == "planned"
