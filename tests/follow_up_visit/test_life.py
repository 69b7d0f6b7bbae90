"""One search from the first silence to her own voice, and one order's visits to the signed end."""

import pytest
from django.utils import timezone

from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.follow_up_visit.tasks import take_up_visit_tasks
from casework.measures.shelter_stay.models import ShelterStay
from casework.models import Task
from casework.suggestions import suggestions_for
from tests.follow_up_visit.visits import BRIEF, HELD, a_visit, miss, watched
from tests.people import a_caseworker, a_committee_worker, a_policeman, committee_agency, police
from tests.protection_orders.orders import at as day
from tests.protection_orders.orders import order_in
from tests.shelter_stay.stays import a_warden, inside
from workflow.engine import perform
from workflow.models import OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def test_nobody_answers_until_somebody_has_spoken_to_her() -> None:
    worker, neighbour, officer = a_caseworker(), a_committee_worker(), a_policeman()
    visit = a_visit(worker, watched(worker))
    miss(visit, worker, times=2)
    perform(visit, "entrust", actor=worker, helper=committee_agency().pk, brief=BRIEF)
    perform(visit, "not_seen", actor=neighbour, account="敲门没有人应")
    perform(visit, "ask_police", actor=worker, police_agency=police().pk, brief=BRIEF)
    perform(visit, "seen_well", actor=officer)
    perform(visit, "hold", actor=worker, **HELD)
    steps = list(StepRecord.objects.filter(obj_id=visit.pk).values_list("move", flat=True))
    told = list(OutboxMessage.objects.filter(obj_id=visit.pk).order_by("seq").values_list("kind", flat=True))
    open_tasks = Task.objects.filter(obj_id=visit.pk, done_at=None).count()
    assert (visit.state, steps, told, open_tasks) == (
        "done",
        ["plan", "miss", "miss", "entrust", "not_seen", "ask_police", "seen_well", "hold"],
        ["visit_asked", "visit_not_seen", "visit_check_asked", "visit_seen"],
        0,
    )


def test_the_visits_of_an_order_end_with_a_signed_report() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, made=f"{timezone.localdate()} 00:01", validity_months=6)
    perform(order, "notify_federation", actor=worker)
    take_up_visit_tasks()
    rounds = FollowUpVisit.objects.get(basis="order")
    perform(rounds, "hold", actor=worker, order_kept="yes", **HELD)
    perform(order, "apply_revoke", actor=worker, party="applicant")
    perform(order, "revoke", actor=worker, reason="本人申请")
    following = FollowUpVisit.objects.get(basis="order", state="planned")
    Task.objects.create(
        case=order.case, kind="court_feedback", flow="protection_order", obj_id=order.pk,
        created_by_id=worker.user_id, assigned_agency_id=worker.agency_id,
    )  # fmt: skip
    take_up_visit_tasks()
    last = FollowUpVisit.objects.get(basis="order_end")
    perform(last, "hold", actor=worker, signed=True, **HELD)
    following.refresh_from_db()
    offered = [hint.url for hint in suggestions_for(order.case, worker) if "feed_back" in hint.url]
    perform(order, "feed_back", actor=worker, signed=True)
    assert (following.state, last.state, len(offered), order.state) == ("cancelled", "done", 1, "fed_back")


def test_trouble_at_the_door_is_an_alarm() -> None:
    worker = a_caseworker()
    visit = a_visit(worker, watched(worker))
    perform(visit, "entrust", actor=worker, helper=committee_agency().pk, brief=BRIEF)
    perform(visit, "seen_trouble", actor=a_committee_worker(), account="听见哭声，脸上有伤")
    asked = Task.objects.filter(case=visit.case, kind="reassess_danger", done_at=None).values_list(
        "reason", flat=True
    )
    told = OutboxMessage.objects.filter(kind="visit_trouble", agency_id=visit.case.agency_id).count()
    assert (visit.state, list(asked), told) == ("found", ["threat"], 1)


def test_new_violence_becomes_an_incident_and_asks_for_the_scale() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    held = {
        **HELD,
        "new_violence": "yes",
        "violence_forms": ["physical"],
        "injured": True,
        "account": "昨晚被推倒",
    }
    perform(visit, "hold", actor=worker, **held)
    incident = visit.case.incidents.get()
    asked = Task.objects.get(case=visit.case, kind="reassess_danger", done_at=None)
    assert (incident.forms, incident.injured, asked.reason) == (["physical"], True, "new_incident")


def test_what_she_asks_for_becomes_a_task() -> None:
    worker = a_caseworker()
    visit = a_visit(worker)
    perform(visit, "hold", actor=worker, wants=["legal_aid", "money"], **HELD)
    assert Task.objects.filter(case=visit.case, kind="other", obj_id=visit.pk, done_at=None).count() == 1


def test_a_broken_order_is_offered_to_the_room_of_orders() -> None:
    worker = a_caseworker()
    order = order_in("served", worker, made=f"{timezone.localdate()} 00:01", validity_months=6)
    visit = a_visit(worker, order.case)
    perform(visit, "hold", actor=worker, order_kept="no", **HELD)
    before = [hint.url for hint in suggestions_for(order.case, worker) if "report_breach" in hint.url]
    perform(order, "report_breach", actor=worker, breach="harassment", found_by="victim")
    after = [hint.url for hint in suggestions_for(order.case, worker) if "report_breach" in hint.url]
    assert (len(before), after) == (1, [])


def test_whoever_left_a_shelter_and_was_not_visited_is_called_to_mind() -> None:
    worker, warden = a_caseworker(), a_warden()

    def asked(stay: ShelterStay) -> int:
        return len([hint for hint in suggestions_for(stay.case, worker) if "basis=shelter" in hint.url])

    fresh, old = inside(warden, came="2026-03-02 22:15"), inside(warden, came="2026-03-02 22:15")
    perform(fresh, "leave", actor=warden, exit_mode="self", reason="回娘家")
    perform(old, "leave", actor=warden, at=day("2026-03-05 09:00"), exit_mode="self", reason="回娘家")
    before = asked(fresh), asked(old)
    perform(a_visit(worker, old.case, basis="shelter"), "hold", actor=worker, **HELD)
    assert (before, asked(old)) == ((0, 1), 0)
