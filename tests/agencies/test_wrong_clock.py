"""A host whose clock is wrong: what it bears, what takes it out, and what asks the database's clock and never its own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from agencies import code_apps
from agencies.models import User
from agencies.need_to_know import Emergency
from agencies.postings import at_the_door
from config.health import APART
from tests import people
from tests.attacks.record import Tried
from workflow.now import database_now

pytestmark = [pytest.mark.django_db, pytest.mark.attack("T27")]


@pytest.mark.parametrize("seconds", [-20, 20, -40, 90])
def test_a_code_counts_on_every_host_that_is_ready_and_a_host_where_it_would_not_is_taken_out(
    seconds: int, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    true = database_now()
    host = true + timedelta(seconds=seconds)
    app, seed = code_apps.new_app(User.objects.get(pk=people.a_caseworker().user_id), "手机")
    counts = code_apps.accepts(app, code_apps.code_at(seed, true), host)
    monkeypatch.setattr("django.utils.timezone.now", lambda: host)
    ready = Client().get("/readyz").json()["clock"]
    bears = abs(host - true) < APART
    tried(
        request=f"a code shown at the true time; GET /readyz; the host's clock {seconds} s off",
        actor="caseworker",
        expected=(bears, True),
        got=(ready, counts or not ready),
    )


@pytest.mark.parametrize("apart", [timedelta(days=1), timedelta(days=-1)])
def test_emergency_access_ends_by_the_databases_clock(
    apart: timedelta, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    open_, over = people.a_caseworker(), people.a_caseworker()
    now = database_now()
    for actor, until in ((open_, now + timedelta(minutes=30)), (over, now - timedelta(seconds=1))):
        Emergency.objects.create(id=uuid4(), posting_id=actor.posting_id, subject_id=uuid4(), until=until)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + apart)
    found = at_the_door(now).with_emergency()
    got = [found.get(pk=actor.posting_id).emergency is not None for actor in (open_, over)]
    tried(request="whose emergency is open", actor=f"host {apart} apart", expected=[True, False], got=got)
