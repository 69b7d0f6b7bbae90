"""A caseworker's afternoon in a real browser, in Chinese: no script refused, nothing inaccessible."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from agencies.actor import Actor
from casework import services
from casework.models import Case
from tests.casework.cases import NAME, a_case, answers, with_victim
from tests.people import a_caseworker, a_policeman, police, signed_in, town
from workflow.when import When

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def enter(page: Page, actor: Actor) -> None:
    cookie = signed_in(Client(), actor).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])


def shot(page: Page, name: str) -> None:
    """For people to look at, when a folder is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def dangerous_case(worker: Actor) -> Case:
    case = a_case(
        worker,
        area=town(),
        cause="丈夫酒后动手，已有三次",
        wish="想先住到姐姐家",
        wishes=["order", "shelter"],
    )
    with_victim(case, worker, birth_year=1991, address="灵泉镇某小区三单元", flags=["pregnant"])
    services.add_person(
        case, actor=worker, role="respondent", name="王大力", sex="m", relation_to_victim="1_spouse"
    )
    services.record_incident(
        case, actor=worker, forms=["physical", "psychological"], account="用拳头打头部", injured=True
    )
    services.record_happening(
        case, actor=worker, kind="police_attended", actor_body="police", when=When.month(2026, 3)
    )
    services.record_happening(case, actor=worker, kind="medical_treatment", actor_body="victim")
    services.set_safe_contact(
        case,
        actor=worker,
        phone="13812345678",
        code_word="快递",
        hours=[{"days": [0, 1, 2, 3, 4], "from": "09:00", "to": "11:00"}],
    )
    services.add_note(case, actor=worker, text="电话里声音很低")
    services.assess_danger(
        case, actor=worker, answers=answers("1", "3", "F1", unknown=("8",)), trigger="new_incident"
    )
    services.register_evidence(case, actor=worker, kind="E5", title="左臂伤情照片")
    services.record_happening(case, actor=worker, kind="divorce_filed")
    return case


def faults(page: Page) -> list[str]:
    return [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_a_caseworker_opens_and_reveals(page: Page) -> None:
    worker = a_caseworker()
    case = dangerous_case(worker)
    page.goto("/healthz")
    enter(page, worker)
    page.goto(case.get_absolute_url())
    shot(page, "case")
    assert (page.title(), faults(page)) == ("工作台", [])
    expect(page.locator(".danger-bar")).to_contain_text("不得调解")
    page.locator("#people").get_by_role("button", name="查看").first.click()
    expect(page.locator("#people")).to_contain_text(NAME)
    shot(page, "case-revealed")
    page.reload()
    expect(page.locator("#people")).not_to_contain_text(NAME)


@pytest.mark.parametrize("name", ["", "today/", "due/", "new/"])
def test_lists_are_accessible(page: Page, name: str) -> None:
    worker = a_caseworker()
    dangerous_case(worker)
    a_case(worker, forms=["economic"])
    page.goto("/healthz")
    enter(page, worker)
    page.goto(f"/cases/{name}")
    shot(page, f"list-{name.strip('/') or 'cases'}")
    assert faults(page) == []


@pytest.mark.parametrize(
    "name", ["danger", "safe-contact", "safety", "evidence/add", "people/add", "incidents/add", "reads"]
)
def test_forms_are_accessible(page: Page, name: str) -> None:
    worker = a_caseworker()
    case = dangerous_case(worker)
    page.goto("/healthz")
    enter(page, worker)
    page.goto(f"{case.get_absolute_url()}{name}/")
    shot(page, f"form-{name.replace('/', '-')}")
    assert faults(page) == []


def test_a_wrong_number_is_told_in_chinese_at_the_field(page: Page) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    page.goto("/healthz")
    enter(page, worker)
    page.goto(f"{case.get_absolute_url()}people/add/")
    page.get_by_label("身份证号").fill("110101199013320038")
    page.get_by_label("姓名").fill("李\u202e秀芝")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main .error-summary")).to_contain_text("身份证号")
    expect(page.get_by_label("身份证号")).to_have_value("110101199013320038")
    shot(page, "form-errors")


def test_an_officer_sees_one_screen(page: Page) -> None:
    worker, officer = a_caseworker(), a_policeman()
    case = dangerous_case(worker)
    services.open_task(
        case, actor=worker, kind="police_verify", text="请核实是否仍在骚扰", assigned_agency_id=police().pk
    )
    page.goto("/healthz")
    enter(page, officer)
    page.goto("/cases/inbox/")
    shot(page, "inbox")
    assert faults(page) == []
    page.get_by_label("办理结果").fill("已上门核实，无新情况")
    page.get_by_role("button", name="完成").click()
    expect(page.locator("main")).to_contain_text("没有等您办理的事")
