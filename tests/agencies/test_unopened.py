"""What does not open calls a person: a record that was changed, a process that asks for keys it was not handed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from agencies.actor import Actor
from agencies.tasks import seal_register
from agencies.watchrows import Rule, WatchAlert
from casework.models import Case, Reporter
from config.processes import LIAISON, compartments
from privacy.errors import ForeignKey
from privacy.keys import ring
from privacy.reading import reveal
from tests import people
from tests.attacks.record import Tried
from tests.casework.cases import a_case, with_victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Actor:
    return people.a_caseworker()


def page_of_alerts(actor: Actor) -> Any:
    """After the rows of the register got their place, as the beat does it every two seconds."""
    seal_register()
    return people.signed_in(Client(), actor).get("/reads/alerts").content.decode()


@pytest.mark.attack("T85")
def test_a_liaisons_process_that_asks_for_the_reporter_is_told_to_the_duty_leader(
    worker: Actor, settings: Settings, tried: Tried
) -> None:
    policeman = people.a_policeman()
    reporter = Reporter(case=a_case(worker), name="报案人")
    reporter.acting(worker).save()
    settings.SEALED_COMPARTMENTS = compartments(LIAISON)
    ring.forget()
    for _ in range(2):
        with pytest.raises(ForeignKey):
            reveal(Reporter.objects.get(), "name", actor=policeman, purpose="liaison")
    settings.SEALED_COMPARTMENTS = compartments("")
    ring.forget()
    page = page_of_alerts(people.a_lead())
    tried(
        request="reveal the reporter in the liaison process; the duty leader's page of alerts",
        actor="policeman",
        expected=(1, True, False),
        got=(WatchAlert.objects.filter(rule=Rule.FOREIGN_KEY).count(), "没有密钥" in page, "报案人" in page),
    )


def changed(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_person SET name = set_byte(name, 40, get_byte(name, 40) # 1) WHERE case_id = %s",
            [case.pk],
        )


@pytest.mark.attack("T81")
def test_a_page_with_a_changed_record_is_refused_and_told_to_the_duty_leader(
    worker: Actor, client: Client, tried: Tried
) -> None:
    victim = with_victim(case := a_case(worker), worker)
    changed(case)
    client.raise_request_exception = False
    hers = people.signed_in(client, worker)
    answer = hers.post(reverse("casework:reveal", args=[case.pk]), {"part": str(victim.pk)})
    page = page_of_alerts(people.a_lead())
    alerts = list(WatchAlert.objects.filter(rule=Rule.BAD_SEAL).values_list("user", "owner"))
    tried(
        request="one byte of a name changed; POST for her name; the duty leader's page of alerts",
        actor="dba, then a caseworker",
        expected=(500, [(worker.user_id, case.pk)], True),
        got=(answer.status_code, alerts, "未通过校验" in page),
    )
