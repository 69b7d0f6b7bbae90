"""One refusal per need."""

from typing import Any

import pytest

from casework import services
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from tests.casework.cases import a_case
from tests.people import a_caseworker
from tests.perpetrator_intervention.files import a_case_of_two, a_justice_worker, running, session
from workflow.engine import BadTakes, Unmet, begin, perform

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("people", ["none", "nameless", "two"])
def test_a_file_is_of_one_named_person(people: str) -> None:
    worker = a_caseworker()
    case = a_case_of_two(worker) if people == "two" else a_case(worker)
    if people != "none":
        services.add_person(
            case, actor=worker, role="respondent", sex="m", name="赵某父" if people == "two" else ""
        )
    with pytest.raises(Unmet) as refused:
        begin(PerpetratorIntervention, actor=worker, case=case, basis="violence")
    assert [need.name for need in refused.value.needs] == ["perpetrator_named"]


def test_a_number_that_is_none_of_theirs_is_no_choice() -> None:
    worker = a_caseworker()
    case = a_case_of_two(worker)
    services.add_person(case, actor=worker, role="respondent", sex="m", name="赵某父")
    with pytest.raises(BadTakes):
        begin(PerpetratorIntervention, actor=worker, case=case, basis="violence", whom="3")


def unmet(file: PerpetratorIntervention, move: str, **takes: Any) -> list[str]:
    with pytest.raises(Unmet) as refused:
        perform(file, move, actor=a_justice_worker(), **takes)
    return [need.name for need in refused.value.needs]


def test_nothing_is_completed_without_a_session() -> None:
    file = running(a_caseworker(), a_justice_worker(), planned=None)
    session(file, a_justice_worker(), "absent")
    assert unmet(file, "complete", outcome="unsure") == ["session_attended"]


def test_fewer_sessions_than_planned_need_a_reason() -> None:
    holder = a_justice_worker()
    file = running(a_caseworker(), holder, planned=3)
    session(file, holder)
    refused = unmet(file, "complete", outcome="unsure")
    perform(file, "complete", actor=holder, outcome="unsure", short_reason="已转社区矫正")
    assert (refused, file.state) == (["planned_done_or_reasoned"], "completed")
