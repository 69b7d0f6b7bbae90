"""Case types as data: every matter has one, the checklist is ticked and kept, the type changes with a reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from casework import services
from casework.case_types import HIGHEST_MATTERS, case_types
from casework.codes import Form, Matter
from casework.measures.warning_letter.models import WarningLetter
from config.law import rules
from privacy.errors import NotApproved
from privacy.reading import reveal
from referrals.codes import Service
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, a_lead, an_operator, another_federation, signed_in
from workflow.engine import NotAllowed, Unmet, begin, perform
from workflow.errors import NotVisible
from workflow.models import StepRecord


def test_every_matter_has_a_type_whose_words_are_known() -> None:
    types = case_types().values()
    laws = {step.law for one in types for step in one.items if step.law}
    assert {one.matter for one in types} == set(Matter.values)
    assert laws <= set(rules())
    assert {form for one in types for form in one.forms} <= set(Form.values)
    assert {service for one in types for service in one.refer} <= set(Service.values)
    assert all(len({step.key for step in one.items}) == len(one.items) >= 3 for one in types)
    assert {Matter.SEXUAL_VIOLENCE, Matter.CHILD_SEXUAL_ABUSE} <= HIGHEST_MATTERS


@pytest.mark.django_db
def test_a_checklist_is_ticked_taken_back_and_keeps_who_and_when(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="online_harm")
    browser, url = signed_in(client, worker), reverse("casework:tick", args=[case.pk])
    for answer in ("done", "done", "open", "not_needed"):
        browser.post(url, {"item": "save", "answer": answer})
    page = browser.get(case.get_absolute_url()).content.decode()
    wrong = [
        browser.post(url, {"item": i, "answer": a}).status_code
        for i, a in (("order_told", "done"), ("save", "x"))
    ]
    rows = list(case.ticks.values_list("answer", "made_by", "version"))
    assert rows == [(a, worker.user_id, 1) for a in ("done", "open", "not_needed")]
    assert (wrong, "先截图、录屏" in page, "1/6" in page, "service=police" in page) == (
        [404, 404],
        True,
        True,
        True,
    )


@pytest.mark.django_db
def test_a_foreign_checklist_is_like_none() -> None:
    case = a_case(a_caseworker())
    with pytest.raises(NotVisible):
        services.tick(case, actor=a_caseworker(another_federation()), item="danger", answer="done")


@pytest.mark.django_db
def test_the_type_changes_with_a_reason_and_its_clocks_follow() -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="property_rights", harms=["land", "debt"])
    with pytest.raises(Unmet) as refused:
        perform(case, "reclassify", actor=worker, matter="property_rights", reason="误选")
    perform(case, "reclassify", actor=worker, matter="divorce_economics", reason="正在离婚")
    kept = list(case.harms)
    perform(case, "reclassify", actor=worker, matter="sexual_harassment", reason="单位领导骚扰")
    clocks = [case.has_open_clock(clock) for clock in ("harassment_written_result", "ppo_inform_right")]
    perform(case, "give_result", actor=worker, how="书面送达")
    steps = StepRecord.objects.filter(obj_id=case.pk, move="reclassify").values_list(
        "facts__matter", flat=True
    )
    assert ([need.name for need in refused.value.needs], kept, clocks, list(steps)) == (
        ["another_type"], ["debt"], [True, True], ["divorce_economics", "sexual_harassment"],
    )  # fmt: skip
    assert case.has_open_clock("harassment_written_result") is False


@pytest.mark.django_db
def test_trafficking_is_reported_within_the_hour_and_a_mistaken_type_ends_the_clock() -> None:
    worker = a_caseworker()
    case, mistaken = a_case(worker, matter="trafficking"), a_case(worker, matter="trafficking")
    running = case.has_open_clock("trafficking_report")
    perform(case, "report_trafficking", actor=worker)
    perform(mistaken, "reclassify", actor=worker, matter="divorce_economics", reason="误选")
    after = [one.has_open_clock("trafficking_report") for one in (case, mistaken)]
    assert (running, after) == (True, [False, False])


@pytest.mark.django_db
def test_who_asks_about_her_own_data_is_answered_and_a_refusal_has_a_reason() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    with pytest.raises(Unmet) as nothing_asked:
        perform(case, "answer_data", actor=worker, answer="done")
    perform(case, "ask_data", actor=worker, wanted="copy")
    with pytest.raises(Unmet) as without_reason:
        perform(case, "answer_data", actor=worker, answer="refused")
    running = case.has_open_clock("data_subject_request")
    perform(case, "answer_data", actor=worker, answer="refused", why="涉及他人隐私，已告知可以起诉。")
    refused = [[need.name for need in one.value.needs] for one in (nothing_asked, without_reason)]
    assert (refused, running) == ([["data_was_asked"], ["refusal_has_reason"]], True)
    assert case.has_open_clock("data_subject_request") is False


@pytest.mark.django_db
def test_the_facts_form_keeps_the_type_and_takes_its_harms(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker, matter="online_harm")
    browser, url = signed_in(client, worker), reverse("casework:edit", args=[case.pk])
    data = {
        "channel": "walk_in",
        "relation": "1_spouse",
        "language": "zh",
        "matter": "dv",
        "harms": ["image"],
        "rev": case.rev,
    }
    good, bad = browser.post(url, data), browser.post(url, data | {"harms": ["land"]})
    case.refresh_from_db()
    assert (good.status_code, bad.status_code, case.matter, case.harms) == (
        302,
        422,
        "online_harm",
        ["image"],
    )


@pytest.mark.django_db
def test_in_the_highest_class_texts_are_for_whoever_is_responsible(client: Client) -> None:
    worker, colleague, leader, desk = a_caseworker(), a_caseworker(), a_lead(), an_operator()
    case = a_case(worker, matter="sexual_violence")
    victim = with_victim(case, worker)
    told = services.record_incident(case, actor=desk, forms=["sexual"], account="经过")
    before = reveal(told, "account", actor=desk)["account"]
    services.assign_case(case, actor=leader, user_id=worker.user_id)
    told.refresh_from_db()
    case.refresh_from_db()
    letter = begin(WarningLetter, actor=worker, case=case, letter_type="dv", origin="federation")
    for stranger in (colleague, desk):
        for row, name in ((told, "account"), (letter, "second_letter_reason")):
            with pytest.raises(NotApproved):
                reveal(row, name, actor=stranger)
    with pytest.raises(NotAllowed):
        perform(case, "reclassify", actor=colleague, matter="other", reason="想看")
    for command, given in (
        (services.assign_case, {"user_id": colleague.user_id}),
        (services.update_case, {"cause": ""}),
    ):
        with pytest.raises(PermissionDenied):
            command(case, actor=colleague, **given)
    readers = [reveal(told, "account", actor=actor)["account"] for actor in (worker, leader)]
    number = reveal(victim, "phone", actor=desk)["phone"]
    browser = signed_in(client, colleague)
    page = browser.get(case.get_absolute_url()).content.decode()
    closed = browser.post(reverse("casework:reveal", args=[case.pk]), {"part": "incidents"})
    assert (before, readers, bool(number), "最高保护等级" in page, closed.status_code, "经过" in closed.content.decode()) == (
        "经过", ["经过", "经过"], True, True, 403, False,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_federation_that_passed_it_on_reads_it_no_longer() -> None:
    worker, there = a_caseworker(), another_federation()
    case = a_case(worker, matter="sexual_violence", cause="经过")
    perform(case, "transfer", actor=worker, agency=there, reason="已迁居")
    with pytest.raises(NotApproved):
        reveal(case, "cause", actor=worker)
    assert reveal(case, "cause", actor=a_caseworker(there))["cause"] == "经过"
