"""Ready or not: the one address a supervisor or a load balancer asks."""

from collections.abc import Callable
from functools import lru_cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse

from privacy.errors import SealError
from privacy.keyrows import KeyVersion
from privacy.keys import ring


@lru_cache(maxsize=1)
def known_migrations() -> frozenset[tuple[str, str]]:
    """Every migration in the code; it cannot change while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def database_ready() -> bool:
    return known_migrations() <= set(MigrationRecorder(connection).applied_migrations())


def redis_ready() -> bool:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        return bool(client.ping())


def keys_ready() -> bool:
    ring.verify()
    return KeyVersion.objects.exists()


PARTS: dict[str, Callable[[], bool]] = {"database": database_ready, "redis": redis_ready, "keys": keys_ready}


def _answers(ready: Callable[[], bool]) -> bool:
    try:
        return ready()
    except (DatabaseError, redis.RedisError, SealError, OSError):
        return False


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, else 503; says which part, never why."""
    parts = {name: _answers(ready) for name, ready in PARTS.items()}
    response = JsonResponse(
        {"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503
    )
    response.headers["Cache-Control"] = "no-store"
    return response
