"""Who reaches a case: the federation that works on it. For everybody else there is nothing there."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework import services, urls
from casework.models import Case, Person, Task
from tests.casework.cases import a_case, with_victim
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    a_supervisor,
    an_actor,
    an_administrator,
    an_agency,
    an_auditor,
    another_federation,
    federation,
    police,
    signed_in,
)

pytestmark = pytest.mark.django_db
OUTSIDERS: list[Callable[[], Actor]] = [a_policeman, a_judge, a_supervisor, an_auditor, an_administrator]
FOR_LIAISONS = {"inbox", "notices_seen", "task_done"}


def addresses() -> list[str]:
    return [pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern) and pattern.name]


def address_of(name: str, case: Case, person: Person) -> str:
    for args in ([], [case.pk], [case.pk, person.pk]):
        try:
            return reverse(f"casework:{name}", args=args)
        except Exception as missing:
            last = missing
    raise last


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_reach_no_page_of_a_case(client: Client, outsider: Callable[[], Actor]) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    person = with_victim(case, worker)
    signed_in(client, outsider())
    reached = [
        (name, status)
        for name in addresses()
        if name not in FOR_LIAISONS
        for status in (
            client.get(address_of(name, case, person)).status_code,
            client.post(address_of(name, case, person)).status_code,
        )
        if status not in {404, 405}
    ]
    assert reached == []


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_outsiders_see_no_row(outsider: Callable[[], Actor]) -> None:
    worker, actor = a_caseworker(), outsider()
    with_victim(a_case(worker), worker)
    seen = [model.objects.visible_to(actor).count() for model in (Case, Person, Task)]
    assert seen == [0, 0, 0]


def test_another_federation_sees_nothing() -> None:
    a_case(a_caseworker())
    assert Case.objects.visible_to(a_caseworker(another_federation())).count() == 0


def test_a_duty_leader_sees_the_federations_below() -> None:
    above = federation()
    below = an_agency(AgencyKind.FEDERATION, "灵泉镇妇女联合会", parent=above)
    a_case(an_actor(Role.CASEWORKER, below))
    seen = [Case.objects.visible_to(actor).count() for actor in (a_lead(above), a_caseworker(above))]
    assert seen == [1, 0]


def test_a_foreign_case_is_the_same_as_none(client: Client) -> None:
    case = a_case(a_caseworker())
    signed_in(client, a_caseworker(another_federation()))
    answers = [client.get(reverse("casework:case", args=[pk])).status_code for pk in (case.pk, uuid4())]
    assert answers == [404, 404]


def test_a_command_on_a_foreign_case_finds_nothing() -> None:
    case = a_case(a_caseworker())
    with pytest.raises(Exception, match=r"^$") as refused:
        services.add_note(case, actor=a_caseworker(another_federation()), text="不该写进来")
    assert type(refused.value).__name__ == "NotVisible"


def test_a_liaison_sees_the_tasks_of_her_own_body_only() -> None:
    worker, officer = a_caseworker(), a_policeman()
    case = a_case(worker)
    theirs = services.open_task(case, actor=worker, kind="police_verify", assigned_agency_id=police().pk)
    services.open_task(case, actor=worker, kind="wf_visit")
    assert list(Task.objects.visible_to(officer)) == [theirs]
