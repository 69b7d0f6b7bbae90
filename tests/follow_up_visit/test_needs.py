"""One refusal per need."""

from typing import Any

import pytest
from django.utils import timezone

from casework.measures.follow_up_visit.models import FollowUpVisit
from tests.follow_up_visit.visits import BRIEF, DAY, HELD, SIX, a_visit, entrusted, miss, watched
from tests.people import a_caseworker, committee_agency, police
from tests.workflow.refusals import missing, wrong_fields
from workflow.engine import BadTakes, Unmet, perform

pytestmark = pytest.mark.django_db


def unmet(visit: FollowUpVisit, move: str, **takes: Any) -> list[str]:
    worker = a_caseworker()
    with pytest.raises(Unmet) as refused:
        perform(visit, move, actor=worker, **takes)
    return [need.name for need in refused.value.needs]


def test_nothing_is_asked_before_it_is_safe_to_talk() -> None:
    assert unmet(a_visit(), "hold", **(HELD | {"safe_to_talk": False})) == ["safe_to_talk"]


def test_new_violence_is_written_down() -> None:
    assert unmet(a_visit(), "hold", **(HELD | {"new_violence": "yes"})) == ["violence_described"]


def test_the_last_visit_of_an_order_is_signed_or_explained() -> None:
    worker = a_caseworker()
    visit = a_visit(worker, basis="order_end")
    assert unmet(visit, "hold", **HELD) == ["signed_or_explained"]
    perform(visit, "hold", actor=worker, unsigned="电话回访，本人口头确认", **HELD)


@pytest.mark.parametrize("move", ["not_safe", "reschedule"])
def test_another_time_lies_ahead(move: str) -> None:
    more = {"reason": "她请求改期"} if move == "reschedule" else {}
    assert unmet(a_visit(), move, due_at=timezone.now() - DAY, **more) == ["later_time"]


def test_the_committee_is_asked_after_another_channel() -> None:
    worker = a_caseworker()
    visit = miss(a_visit(worker), worker)
    assert unmet(visit, "entrust", helper=committee_agency().pk, brief=BRIEF) == ["other_channel_tried"]


def test_in_high_danger_nobody_waits_for_a_second_attempt() -> None:
    worker = a_caseworker()
    visit = miss(a_visit(worker, watched(worker, *SIX)), worker)
    perform(visit, "ask_police", actor=worker, police_agency=police().pk, brief=BRIEF)
    assert visit.state == "with_police"


def test_the_police_are_asked_after_the_committee() -> None:
    worker = a_caseworker()
    visit = miss(a_visit(worker), worker, times=2)
    assert unmet(visit, "ask_police", police_agency=police().pk, brief=BRIEF) == ["committee_asked_or_high"]


def test_who_looks_in_is_told_whom_to_look_for() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    with pytest.raises(BadTakes):
        perform(visit, "entrust", actor=worker, helper=committee_agency().pk, brief="")


def test_a_court_is_no_committee() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    with pytest.raises(BadTakes):
        perform(visit, "entrust", actor=worker, helper=police().pk, brief=BRIEF)


def test_the_committee_is_chosen_and_told_what_to_know() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    assert missing(visit, "entrust", worker) == ["committee_chosen", "brief_written"]
    assert wrong_fields(lambda: perform(visit, "entrust", actor=worker, brief=BRIEF)) == ["helper"]
    to_nobody_told = lambda: perform(visit, "entrust", actor=worker, helper=committee_agency().pk)  # noqa: E731
    assert wrong_fields(to_nobody_told) == ["brief"]
    visit.helper, visit.brief = police(), BRIEF
    assert missing(visit, "entrust", worker) == ["committee_chosen"]


def test_the_police_station_is_chosen_and_no_committee_for_it() -> None:
    worker = a_caseworker()
    visit = entrusted(worker)
    assert missing(visit, "ask_police", worker) == ["station_chosen"]
    for given in ({}, {"police_agency": committee_agency().pk}):
        act = lambda given=given: perform(visit, "ask_police", actor=worker, brief=BRIEF, **given)  # noqa: E731
        assert wrong_fields(act) == ["police_agency"]
    visit.police_agency = committee_agency()
    assert missing(visit, "ask_police", worker) == ["station_chosen"]
