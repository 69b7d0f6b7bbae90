"""A perpetrator who is recorded with another victim: how often, never whose; for a liaison yes or no and a day."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.models import Case, Task
from casework.seen_again import seen_again
from casework.suggestions import Suggestion, suggestions_for
from config.templatetags.ui import cnday
from privacy.audit import ReadAudit
from tests.casework.cases import ALL_NO, a_case, answers, with_victim
from tests.people import a_caseworker, a_committee_worker, a_policeman, another_federation, signed_in
from tests.protection_orders.orders import order_in
from tests.warning_letter.letters import letter_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db
HIS_ID, HIS_PHONE = "150102198805051234", "13947001111"
HE: dict[str, Any] = {"role": "respondent", "name": "赵某强", "id_number": HIS_ID}
SHE: dict[str, Any] = {"name": "孙小梅", "phone": "13600001111", "id_number": ""}


def told(worker: Actor, he: dict[str, Any] = HE, **she: Any) -> Case:
    case = a_case(worker)
    with_victim(case, worker, **she)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    services.add_person(case, actor=worker, **he)
    case.refresh_from_db()
    return case


def of_him(case: Case, worker: Actor) -> list[Suggestion]:
    return [hint for hint in suggestions_for(case, worker) if hint.law == "F03 D07"]


def prompted(case: Case) -> int:
    return Task.objects.filter(case=case, reason="seen_again", done_at=None).count()


def test_both_federations_learn_that_it_is_so_and_neither_whose(client: Client) -> None:
    ours, theirs = a_caseworker(), a_caseworker(another_federation())
    case, other = told(ours), told(theirs, **SHE)
    before = ReadAudit.objects.count()
    [hint] = of_him(case, ours)
    page = signed_in(client, ours).get(case.get_absolute_url()).content.decode()
    secrets = (other.reference, other.alias, str(other.pk), "孙小梅", "新巴尔虎右旗")
    assert {
        "hint": ("1 个个案" in str(hint.text), hint.law, hint.urgent), "told": [word for word in secrets if word in page],
        "tasks": (prompted(case), prompted(other)), "their": len(of_him(other, theirs)),
        "opened": [row for row in ReadAudit.objects.all()[before:] if row.owner == other.pk],
    } == {"hint": (True, "F03 D07", True), "told": [], "tasks": (1, 1), "their": 1, "opened": []}  # fmt: skip


def test_the_danger_is_raised_by_a_person_with_the_reason_filled_in(client: Client) -> None:
    worker = a_caseworker()
    case = told(worker)
    told(a_caseworker(another_federation()), **SHE)
    page = signed_in(client, worker).get(reverse("casework:danger_raise", args=[case.pk]))
    form = page.context["form"]
    proposed = {name: form[name].value() for name in ("level", "trigger", "reason")}
    client.post(page.wsgi_request.path, proposed)
    case.refresh_from_db()
    last = case.assessments.first()
    assert last is not None
    assert (case.danger, last.trigger, last.computed, of_him(case, worker), prompted(case)) == (
        "medium", "seen_again", "low", [], 0,
    )  # fmt: skip
    told(a_caseworker(another_federation()), **(SHE | {"name": "白玉", "phone": "13600002222"}))
    assert (len(of_him(case, worker)), prompted(case)) == (1, 1)


@pytest.mark.parametrize(
    ("mine", "theirs", "seen"),
    [
        ({"id_number": HIS_ID, "name": "赵强"}, {"id_number": HIS_ID, "name": "赵某强"}, True),
        ({"phone": HIS_PHONE, "name": "赵某强"}, {"phone": HIS_PHONE, "name": "赵某强"}, True),
        ({"phone": HIS_PHONE, "name": ""}, {"phone": HIS_PHONE, "name": "赵某强"}, True),
        ({"phone": HIS_PHONE, "name": "赵某强"}, {"phone": HIS_PHONE, "name": "钱大伟"}, False),
        ({"name": "赵某强"}, {"name": "赵某强"}, False),
        ({"phone": HIS_PHONE, "id_number": HIS_ID}, {"phone": HIS_PHONE, "id_number": "150102199001011235"}, False),
    ],
)  # fmt: skip
def test_a_number_tells_and_a_name_alone_does_not(
    mine: dict[str, str], theirs: dict[str, str], seen: bool
) -> None:
    worker = a_caseworker()
    case = told(worker, {"role": "respondent", **mine})
    told(worker, {"role": "respondent", **theirs}, **SHE)
    assert (seen_again(case) is not None) is seen


def test_a_case_of_the_same_woman_is_no_other_victim() -> None:
    worker = a_caseworker()
    case, again = told(worker), told(worker)
    before = seen_again(case)
    perform(again, "join", actor=worker, joined_to=case, reason="同一人")
    third = told(worker, **SHE)
    twice = told(worker, **SHE)
    perform(twice, "join", actor=worker, joined_to=third, reason="同一人")
    seen = seen_again(case)
    assert (before, seen and seen.cases) == (None, 1)


def test_a_name_shared_by_two_women_does_not_hide_the_other() -> None:
    worker = a_caseworker()
    case = told(worker)
    told(worker, phone="13600001111", id_number="150102199002022346")
    assert seen_again(case) is not None


def test_police_and_court_learn_yes_or_no_and_the_day_and_a_committee_nothing(client: Client) -> None:
    worker = a_caseworker()
    letter, order = letter_in("served", worker), order_in("served", worker)
    for case in (letter.case, order.case):
        he = case.persons.get(role="respondent")
        services.update_person(he, actor=worker, rev=he.rev, name="赵某强", phone="", id_number=HIS_ID)
    alone = signed_in(client, a_policeman()).get(letter.get_absolute_url()).content.decode()
    told(a_caseworker(another_federation()), **SHE)
    pages = {
        name: signed_in(client, actor).get(measure.get_absolute_url()).content.decode()
        for name, actor, measure in (
            ("police", a_policeman(), letter), ("committee", a_committee_worker(), order), ("worker", worker, letter),
        )
    }  # fmt: skip
    day = cnday(timezone.localtime())
    assert (
        "未发现" in alone,
        f"可能有，最近一次 {day}" in pages["police"],
        "1 个个案" in pages["police"],
    ) == (True, True, False)
    assert ["另有其他受害人" in pages[name] for name in ("committee", "worker")] == [False, False]


def test_high_danger_stays_high_and_the_fact_is_still_told() -> None:
    worker = a_caseworker()
    case = told(worker)
    told(worker, **SHE)
    services.assess_danger(case, actor=worker, answers=answers("F1"))
    case.refresh_from_db()
    assert [hint.url.endswith("#danger") for hint in of_him(case, worker)] == [True]


def test_a_remark_about_him_asks_nobody_again() -> None:
    worker = a_caseworker()
    case = told(worker)
    told(worker, **SHE)
    Task.objects.update(done_at=timezone.now())
    he = case.persons.get(role="respondent")
    services.update_person(
        he, actor=worker, rev=he.rev, phone="", note="酗酒", name="赵某强", id_number=HIS_ID
    )
    assert prompted(case) == 0
