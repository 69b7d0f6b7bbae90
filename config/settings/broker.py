"""Where the queue is, in Celery's own words: one Redis, or the master that sentinels name."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote


def url(address: str, sentinels: Sequence[str], user: str, password: str) -> str:
    """Celery writes a unix socket's address in its own way, and a list of sentinels with semicolons."""
    if not sentinels:
        return address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if password else ""
    return ";".join(f"sentinel://{who}{place}/0" for place in sentinels)


def options(sentinels: Sequence[str], master: str) -> dict[str, Any]:
    """A broker that is down or hangs is noticed at once: what is to be told stands in the outbox."""
    timing = {
        "visibility_timeout": 300,
        "max_retries": 0,
        "interval_start": 0,
        "socket_connect_timeout": 1,
        "socket_timeout": 2,
    }
    return timing | ({"master_name": master} if sentinels else {})
