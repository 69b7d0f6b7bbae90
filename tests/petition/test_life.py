"""The whole life of a petition, and its branches."""

from datetime import timedelta

import pytest

from casework.suggestions import suggestions_for
from tests.casework.cases import a_case
from tests.people import a_caseworker, superior_federation
from tests.petition.petitions import START, petition_in, received
from workflow.engine import perform
from workflow.models import Deadline, OutboxMessage, StepRecord
from workflow.sweep import sweep

pytestmark = pytest.mark.django_db


def test_from_receipt_to_the_last_answer() -> None:
    petition = petition_in("final", a_caseworker())
    clocks = dict(Deadline.objects.filter(obj_id=petition.pk).values_list("clock", "state"))
    assert (petition.state, clocks) == (
        "final",
        dict.fromkeys(
            (
                "xf_notice_15d", "xf_conclude_60d", "xf_review_request_30d", "xf_review_decision_30d",
                "xf_recheck_request_30d", "xf_recheck_decision_30d",
            ),
            "met",
        ),
    )  # fmt: skip


def test_most_violence_takes_a_legal_route_and_no_sixty_days_run() -> None:
    petition = received()
    perform(petition, "route", actor=a_caseworker(), legal_way="court")
    clocks = list(Deadline.objects.filter(obj_id=petition.pk).values_list("clock", flat=True))
    assert (petition.state, clocks) == ("routed", ["xf_notice_15d"])


def test_a_legal_route_found_later_ends_the_sixty_days() -> None:
    worker = a_caseworker()
    petition = petition_in("accepted", worker)
    perform(petition, "route", actor=worker, legal_way="duty")
    assert not Deadline.objects.live().filter(obj_id=petition.pk).exists()


def test_what_is_not_ours_is_told_whose_it_is() -> None:
    petition = received()
    perform(petition, "redirect", actor=a_caseworker(), whose="区人力资源和社会保障局")
    assert petition.state == "redirected"


@pytest.mark.parametrize(("move", "state"), [("take_back", "received"), ("hand_back", "redirected")])
def test_an_objection_is_granted_or_not(move: str, state: str) -> None:
    worker = a_caseworker()
    petition = received(worker, source="transferred", passed_on_by="区信访局")
    perform(petition, "object", actor=worker, reason="属劳动争议")
    takes = {"reason": "信访局认为属妇女权益"} if move == "take_back" else {}
    perform(petition, move, actor=worker, **takes)
    assert petition.state == state


def test_the_superior_federation_learns_of_a_review() -> None:
    petition = petition_in("reviewing", a_caseworker())
    sent = OutboxMessage.objects.filter(obj_id=petition.pk).values_list("agency_id", "kind")
    assert list(sent) == [(superior_federation().pk, "petition_review")]


@pytest.mark.parametrize("state", ["concluded", "reviewed"])
def test_a_right_not_used_settles_it_by_itself(state: str) -> None:
    petition = petition_in(state, a_caseworker())
    sweep(START + timedelta(days=60))
    petition.refresh_from_db()
    assert petition.state == "settled"


def test_a_major_urgent_matter_goes_up() -> None:
    worker = a_caseworker()
    petition = received(worker)
    perform(petition, "mark_urgent", actor=worker, reason="多人聚集")
    perform(petition, "report_up", actor=worker, to_whom="区委办、区政府办")
    assert (
        petition.urgent,
        Deadline.objects.get(obj_id=petition.pk, clock="xf_urgent_upward_report").state,
    ) == (True, "met")


def test_a_named_petition_of_the_case_is_suggested_for_registering() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="other", named_petition=True)
    before = [hint.law for hint in suggestions_for(case, worker)]
    received(worker, case)
    assert (before, [hint.law for hint in suggestions_for(case, worker)]) == (["X02"], [])


def test_one_notice_ends_the_clock_of_the_case_too() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="other", named_petition=True, legal_route=False)
    petition = received(worker, case)
    running = list(
        Deadline.objects.filter(subject_id=case.pk, clock="xf_notice_15d").values_list("obj_id", flat=True)
    )
    perform(petition, "accept", actor=worker)
    left = Deadline.objects.live().filter(subject_id=case.pk, clock="xf_notice_15d").count()
    assert (running, left) == ([case.pk], 0)


def test_no_answer_of_a_petition_stands_in_clear() -> None:
    worker = a_caseworker()
    petition = petition_in("accepted", worker)
    perform(petition, "conclude", actor=worker, result="supported", outcome="李秀芝的诉求已解决")
    step = StepRecord.objects.get(obj_id=petition.pk, move="conclude")
    assert "李秀芝" not in f"{step.facts} {step.payload}"
