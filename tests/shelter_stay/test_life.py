"""One stay from the wish to the visit afterwards; a child's way; no place; and what nobody asks for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.tasks import take_up_visit_tasks
from casework.measures.shelter_stay.models import ShelterStay
from casework.models import Task
from casework.suggestions import suggestions_for
from hotline.wishes import draft_wishes
from tests.people import a_caseworker, an_operator, civil_affairs
from tests.shelter_stay.stays import a_place, a_warden, assessed, inside, requested
from workflow.engine import perform
from workflow.models import OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def test_a_mother_and_her_child_stay_longer_and_are_visited_afterwards() -> None:
    worker, warden = a_caseworker(), a_warden()
    place = a_place(warden, kind="family", capacity=4)
    stay = requested(worker, subject="family", children_count=1, urgent=True)
    perform(stay, "check", actor=warden, safety_risk="对方在车站上班")
    perform(stay, "admit", actor=warden, place=place.pk, health="哺乳期", rights_told=True)
    perform(stay, "write_down", actor=warden, entry="visitor", note="妹妹来访")
    later = timezone.localdate() + timedelta(days=20)
    perform(
        stay,
        "file_longer",
        actor=warden,
        leave_by=later,
        filing_number="民庇备〔2026〕3号",
        reason="等待开庭",
    )
    perform(
        stay,
        "leave",
        actor=worker,
        exit_mode="relatives",
        handed_to="其姐，邻市",
        written=True,
        reason="已租房",
    )
    take_up_visit_tasks()
    moves = list(StepRecord.objects.filter(obj_id=stay.pk).values_list("move", flat=True))
    visits = list(
        FollowUpVisit.objects.filter(case=stay.case, basis="shelter").values_list("state", flat=True)
    )
    kinds = list(stay.case.happenings.values_list("kind", flat=True))
    asked = Task.objects.filter(
        case=stay.case, kind="reassess_danger", reason="separation", done_at=None
    ).count()
    assert (moves, kinds, visits, asked, stay.entries.count(), stay.persons) == (
        ["wish", "request", "check", "admit", "write_down", "file_longer", "leave"],
        ["shelter_requested", "shelter_admitted", "shelter_extended", "shelter_left"],
        ["planned"], 1, 1, 2,
    )  # fmt: skip


def test_a_minor_goes_into_care_and_only_to_a_safe_guardian() -> None:
    warden = a_warden()
    stay = requested(subject="minor", source="police")
    perform(
        stay,
        "take_into_care",
        actor=warden,
        place=a_place(warden, kind="minor", capacity=2).pk,
        ground="harmed",
    )
    perform(
        stay,
        "hand_over",
        actor=warden,
        handed_to="祖母",
        confirmed_by="police",
        second_person="社工 张晓",
        not_suspected=True,
    )
    kinds = list(stay.case.happenings.values_list("kind", flat=True))
    assert (stay.state, kinds) == (
        "handed_over",
        ["shelter_requested", "temporary_care_placed", "shelter_left"],
    )


def test_nobody_is_asked_for_a_paper() -> None:
    stay = inside(a_warden())
    assert (stay.state, stay.voucher) == ("in", "none")


def test_no_place_is_no_end() -> None:
    worker, warden = a_caseworker(), a_warden()
    stay = requested(worker, urgent=True)
    perform(stay, "no_place", actor=warden, why="full", reason="女床已满")
    task = Task.objects.get(obj_id=stay.pk, done_at=None)
    told = OutboxMessage.objects.filter(kind="shelter_no_place", obj_id=stay.pk).count()
    offered = [hint for hint in suggestions_for(stay.case, worker) if "request" in hint.url]
    perform(stay, "request", actor=worker, agency=civil_affairs("满洲里市民政局").pk, source="federation")
    assert (task.kind, told, len(offered), stay.state) == ("other", 1, 1, "requested")


def test_a_wish_on_the_telephone_becomes_a_draft_for_mother_and_child() -> None:
    operator = an_operator()
    case = assessed(a_caseworker())
    case.flags = ["child_in_household"]
    draft_wishes(case, wishes=["shelter"], language="zh", actor=operator, now=timezone.now())
    stay = ShelterStay.objects.get(case=case)
    assert (stay.state, stay.subject, stay.urgent) == ("drafted", "family", True)


def test_danger_offers_the_shelter() -> None:
    worker = a_caseworker()
    case = assessed(worker)
    case.danger = "high"
    assert any("shelter_stay" in hint.url for hint in suggestions_for(case, worker))
