"""A real worker takes what a real transaction sends."""

import time

import pytest
import redis
from django.conf import settings
from django.db import transaction

from workflow.tasks import relay_outbox

pytestmark = pytest.mark.usefixtures("worker", "transactional_db")


def waiting() -> int:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        return int(client.llen("celery"))


def test_a_task_is_taken_after_the_commit() -> None:
    with transaction.atomic():
        relay_outbox.delay_on_commit()
        before = waiting()
    deadline = time.monotonic() + 10
    while waiting() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (before, waiting()) == (0, 0)
