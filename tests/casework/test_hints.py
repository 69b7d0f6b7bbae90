"""Suggestions on the page of a case: each once, with its reason; set aside with another one; never a duty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.actor import Actor
from casework import services
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Case, SetAside
from casework.suggestions import Suggestion, hints_for, suggestions_for
from tests.casework.cases import ALL_NO, a_case, answers, ready_to_close, with_victim
from tests.follow_up_visit.visits import a_visit, miss
from tests.people import a_caseworker, another_federation, signed_in
from tests.protection_orders.orders import informed
from tests.referrals.handed import sent
from tests.warning_letter.letters import letter_in
from workflow.engine import begin

pytestmark = pytest.mark.django_db


def dangerous(worker: Actor) -> Case:
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=answers("F1"))
    case.refresh_from_db()
    return case


def no_order(case: Case, worker: Actor) -> list[Suggestion]:
    return [hint for hint in suggestions_for(case, worker) if hint.law == "A23"]


def test_high_danger_names_what_is_missing_with_rule_and_link() -> None:
    worker = a_caseworker()
    case = dangerous(worker)
    found = {
        (hint.law, hint.url.split(str(case.pk))[1], hint.urgent) for hint in suggestions_for(case, worker)
    }
    assert found >= {
        ("F03", "/escalate", True), ("F03", "/safety/", True), ("A05", "/children/", False), ("P13", "/inform_rights", False),
    }  # fmt: skip
    done = ready_to_close(worker)
    assert {"A05", "P13", "F03"} & {hint.law for hint in suggestions_for(done, worker)} == set()


def test_a_suggestion_is_set_aside_with_a_reason_and_new_violence_brings_it_back(client: Client) -> None:
    worker = a_caseworker()
    case = dangerous(worker)
    signed_in(client, worker)
    [hint] = no_order(case, worker)
    page = reverse("casework:hint_aside", args=[case.pk, hint.mark])
    empty = client.post(page, {"reason": " "})
    client.post(page, {"reason": "她已搬到外地，不愿申请"})
    case_page = client.get(case.get_absolute_url()).content.decode()
    opened = client.post(reverse("casework:reveal", args=[case.pk]), {"part": "hints"}).content.decode()
    hidden, [(aside, row)] = no_order(case, worker), hints_for(case, worker).aside
    services.record_incident(case, actor=worker, forms=["physical"])
    assert {
        "empty": (empty.status_code, "请写明" in empty.content.decode() or list(empty.context["form"].errors) == ["reason"]),
        "hidden": hidden, "aside": (aside.code, row.set_by_id, row.law),
        "reason": ["她已搬到外地" in text for text in (case_page, opened)],
        "back": len(no_order(case, worker)), "kept": SetAside.objects.count(),
    } == {
        "empty": (422, True), "hidden": [], "aside": (hint.code, worker.user_id, "A23"), "reason": [False, True],
        "back": 1, "kept": 1,
    }  # fmt: skip


def test_what_was_set_aside_can_be_taken_back_at_once(client: Client) -> None:
    worker = a_caseworker()
    case = dangerous(worker)
    [hint] = no_order(case, worker)
    services.set_hint_aside(case, actor=worker, code=hint.code, law=hint.law, reason="暂缓")
    signed_in(client, worker).post(reverse("casework:hint_back", args=[case.pk, hint.mark]))
    assert (len(no_order(case, worker)), hints_for(case, worker).aside) == (1, [])


def test_a_duty_cannot_be_set_aside_nor_anything_of_a_foreign_case(client: Client) -> None:
    worker, stranger = a_caseworker(), a_caseworker(another_federation())
    child = a_case(worker, matter="child_abuse", flags=["minor"])
    [duty] = [hint for hint in suggestions_for(child, worker) if hint.law == "M2"]
    services.set_hint_aside(child, actor=worker, code=duty.code, law="M2", reason="不报")
    case = dangerous(worker)
    [hint] = no_order(case, worker)
    status = []
    for actor, url in (
        (worker, (child.pk, duty.mark)),
        (worker, (case.pk, "0" * 16)),
        (stranger, (case.pk, hint.mark)),
    ):
        signed_in(client, actor)
        status.append(client.post(reverse("casework:hint_aside", args=url), {"reason": "无"}).status_code)
    assert (status, "M2" in [hint.law for hint in suggestions_for(child, worker)]) == ([404, 404, 404], True)


def test_one_click_leads_to_a_draft_that_is_filled_in(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, flags=["incapable"])
    [hint] = [hint for hint in suggestions_for(case, worker) if hint.law == "F04"]
    form = signed_in(client, worker).get(hint.url).context["form"]
    strange = client.get(hint.url.replace("incapable", "x")).context["form"]
    assert (form["duty"].value(), strange["duty"].value()) == ("incapable", "minor")


def test_a_child_that_looked_on_is_called_to_mind_until_a_report_is_made() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    services.record_incident(case, actor=worker, forms=["physical"], children_present=True)
    before = [hint.law for hint in suggestions_for(case, worker) if "mandatory_report" in hint.url]
    begin(MandatoryReport, actor=worker, case=case, duty="minor", situations=["MR9"], account="孩子在场")
    assert (before, "M3" in [hint.law for hint in suggestions_for(case, worker)]) == (["M3"], False)


def crowd(case: Case, worker: Actor) -> None:
    """One more of everything that suggests something."""
    services.add_person(case, actor=worker, role="respondent", name="赵某强", phone="13911110000")
    other = a_case(worker)
    with_victim(other, worker, name="孙小梅", phone="", id_number="")
    services.add_person(other, actor=worker, role="respondent", name="赵某强", phone="13911110000")
    letter_in("served", worker, case=case, issue={"second_letter_reason": "测试"})
    informed(worker, case)
    sent(worker, case, basis="duty")
    miss(a_visit(worker, case), worker)
    services.set_hint_aside(case, actor=worker, code="x", law="", reason="试")


def test_the_page_costs_the_same_with_one_of_each_and_with_three() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    services.record_incident(case, actor=worker, forms=["physical"])
    services.write_safety_plan(case, actor=worker, steps=["police"], text="方案")
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    costs = []
    for more in (1, 2):
        for _one in range(more):
            crowd(case, worker)
        found = Case.objects.get(pk=case.pk)
        with CaptureQueriesContext(connection) as asked:
            hints_for(found, worker)
        costs.append(len(asked))
    assert costs[0] == costs[1]
