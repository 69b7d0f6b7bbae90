"""What a supervisor or a load balancer asks: does everything answer, and can this process serve?"""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

import redis
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from privacy.broker import client
from privacy.errors import SealError
from privacy.keyrows import KeyVersion
from privacy.keys import ring
from workflow.now import database_now

# One-time codes and deadlines bear this much; more is a host whose clock is not kept.
APART = timedelta(seconds=30)


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration in the code; it cannot change while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def database_ready() -> bool:
    return known_migrations() <= set(MigrationRecorder(connection).applied_migrations())


def redis_ready() -> bool:
    with client() as broker:
        return bool(broker.ping())


def keys_ready() -> bool:
    ring.verify()
    return KeyVersion.objects.exists()


def clock_ready() -> bool:
    return abs(timezone.now() - database_now()) < APART


Part = Callable[[], bool]
PARTS: dict[str, Part] = {"database": database_ready, "redis": redis_ready, "keys": keys_ready}
# Without Redis pages and moves go on, so nobody is sent away for it; it is told all the same.
NEEDED: dict[str, Part] = {"database": database_ready, "keys": keys_ready, "clock": clock_ready}


def _answers(ready: Part) -> bool:
    try:
        return ready()
    except (DatabaseError, redis.RedisError, SealError, OSError):
        return False


def _told(parts: dict[str, bool], ready: bool) -> JsonResponse:
    response = JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, else 503; says which part, never why."""
    parts = {name: _answers(ready) for name, ready in PARTS.items()}
    return _told(parts, all(parts.values()))


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this process can serve: migrated database, keys that fit, a clock that is kept."""
    parts = {name: _answers(ready) for name, ready in NEEDED.items()}
    return _told({**parts, "redis": _answers(redis_ready)}, all(parts.values()))
