"""Numbers for Prometheus: how often, how long, how much waits. No id, no name, no address, no case.

`manage.py metrics` shows them on a port of its own that no proxy forwards; the product's own addresses have none.
"""

import os
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import redis
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from privacy.broker import client
from workflow.deadlines import Deadline, DeadlineState
from workflow.models import OutboxMessage, PendingStep
from workflow.now import database_now

METHODS = frozenset({"GET", "POST", "HEAD"})
REQUESTS = Counter("huhang_requests", "Answers by view, method and status.", ["view", "method", "status"])
SECONDS = Histogram("huhang_request_seconds", "Time to answer.", ["view"])


class MetricsMiddleware:
    """Counts every answer under the name of its view, never under its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(view, method, response.status_code).inc()
        SECONDS.labels(view).observe(time.perf_counter() - began)
        return response


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def waiting() -> dict[str, tuple[str, float]]:
    """Name -> (what it says, value), asked of the database now."""
    now = database_now()
    outbox = OutboxMessage.objects.filter(sent_at=None)
    running = Deadline.objects.filter(state__in=(DeadlineState.OPEN, DeadlineState.MISSED))
    asleep = running.filter(next_wake_at__lte=now)
    return {
        "outbox_waiting": ("Messages not told yet.", outbox.count()),
        "outbox_age_seconds": ("Age of the oldest of them.", _age(outbox.aggregate(at=Min("created_at"))["at"], now)),
        "clocks_overdue": ("Limits that are missed and still open.", running.filter(state=DeadlineState.MISSED).count()),
        "sweep_behind": ("Clocks whose time has come and that no sweep has woken.", asleep.count()),
        "sweep_age_seconds": ("How late the sweep is.", _age(asleep.aggregate(at=Min("next_wake_at"))["at"], now)),
        "steps_uncounted": ("Steps the statistics have not taken up.", PendingStep.objects.count()),
        "clock_apart_seconds": ("This host's clock against the database's.", abs((timezone.now() - now).total_seconds())),
    }  # fmt: skip


def queued() -> int:
    with client() as broker:
        return int(broker.llen("celery"))


class House(Collector):
    """What waits, at the moment of the question; a server that is away shows as `up 0` and leaves the rest out."""

    def collect(self) -> Iterable[Metric]:
        yield from self._from("database", waiting, (DatabaseError,))
        yield from self._from(
            "redis", lambda: {"queue_depth": ("Tasks in the queue.", queued())}, (redis.RedisError, OSError)
        )

    def _from(
        self, server: str, ask: Callable[[], dict[str, tuple[str, float]]], away: Any
    ) -> Iterable[Metric]:
        try:
            found = ask()
        except away:
            found = {}
        finally:
            connection.close()
        yield GaugeMetricFamily(f"huhang_{server}_up", f"Whether {server} answers.", value=bool(found))
        for name, (text, value) in found.items():
            yield GaugeMetricFamily(f"huhang_{name}", text, value=value)


def registry() -> CollectorRegistry:
    """What waits, and what the web processes of this host have counted in PROMETHEUS_MULTIPROC_DIR."""
    found = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(found)  # type: ignore[no-untyped-call]
    found.register(House())
    return found
