"""A connection to the Redis that holds the queue: the one there is, or the one that sentinels name."""

from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel

PATIENCE = 2
ONCE = Retry(NoBackoff(), 0)


def client(patience: float | None = PATIENCE) -> "redis.Redis":
    """Close it after use. Gives up after two seconds, or listens for ever with no patience to lose."""
    if not settings.REDIS_SENTINELS:
        return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=patience, retry=ONCE)
    places = [
        (host, int(port)) for host, _, port in (one.rpartition(":") for one in settings.REDIS_SENTINELS)
    ]
    who: dict[str, Any] = {
        "username": settings.REDIS_USER or None,
        "password": settings.REDIS_PASSWORD or None,
        "retry": ONCE,
        "socket_timeout": patience,
    }
    sentinel: Any = Sentinel(places, socket_timeout=PATIENCE)  # type: ignore[no-untyped-call]
    found: redis.Redis = sentinel.master_for(settings.REDIS_MASTER, **who)
    return found
