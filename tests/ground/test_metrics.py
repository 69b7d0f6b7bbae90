"""Numbers for the monitoring host: what waits and how long, of nobody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from prometheus_client import generate_latest
from pytest_django.fixtures import Settings

from config.metrics import registry
from tests.attacks.record import Tried
from tests.casework.cases import NAME, a_case, with_victim
from tests.people import a_caseworker, signed_in
from tests.workflow.make import an_errand
from tests.workflow.test_clock_sweep import a_deadline
from workflow.deadlines import Deadline
from workflow.now import database_now
from workflow.outbox import send
from workflow.sweep import sweep

ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}|[一-鿿]|\d{11}")


def shown() -> dict[str, float]:
    lines = generate_latest(registry()).decode().splitlines()
    return {name: float(value) for name, _, value in (one.rpartition(" ") for one in lines if one[0] != "#")}


@pytest.fixture
def open_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's connection is its transaction: it must outlive the question."""
    monkeypatch.setattr("django.db.connection.close", lambda: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("open_connection")
def test_what_waits_is_counted() -> None:
    errand, before = an_errand(), shown()
    send(agency_id=errand.agency_id, kind="errand_done", obj=errand)
    row = a_deadline("mr_minor_report")
    Deadline.objects.filter(pk=row.pk).update(next_wake_at=database_now() - timedelta(minutes=5))
    after = shown()
    assert after["huhang_outbox_waiting"] == before["huhang_outbox_waiting"] + 1
    assert after["huhang_sweep_behind"] == before["huhang_sweep_behind"] + 1
    assert 299 < after["huhang_sweep_age_seconds"] < 330
    sweep(database_now())
    assert shown()["huhang_sweep_behind"] == before["huhang_sweep_behind"]


@pytest.mark.django_db
@pytest.mark.usefixtures("open_connection")
def test_a_server_that_is_away_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody?db=0"
    found = shown()
    assert (found["huhang_redis_up"], found["huhang_database_up"]) == (0, 1)
    assert "huhang_queue_depth" not in found


@pytest.mark.django_db
def test_answers_are_counted_by_view_and_hold_no_id(client: Client) -> None:
    worker = a_caseworker()
    case = a_case(worker)
    victim = with_victim(case, worker)
    signed_in(client, worker)
    page = client.post(reverse("casework:reveal", args=[case.pk]), {"part": str(victim.pk)})
    assert NAME in page.content.decode()
    text = generate_latest().decode()
    counted = [line for line in text.splitlines() if line.startswith("huhang_requests_total")]
    assert any('view="casework:reveal"' in line and 'status="200"' in line for line in counted)
    ours = "\n".join(line for line in text.splitlines() if line.startswith("huhang_"))
    assert ID.findall(re.sub(r" [0-9.e+-]+$", "", ours, flags=re.MULTILINE)) == []


@pytest.mark.attack("T20")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/metrics", "/admin/", "/__debug__/", "/static/../manage.py", "/.git/config", "/media/"]
)
def test_what_is_not_for_outside_is_not_there(client: Client, path: str, tried: Tried) -> None:
    tried(request=f"GET {path}", actor="anybody", expected=404, got=client.get(path).status_code)
