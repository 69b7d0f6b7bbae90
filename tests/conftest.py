"""Fixtures for every test: real PostgreSQL, real Valkey, real keys, a real worker, a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from config.celery import app
from config.runtime.children import Child, start, wait_until
from privacy.keys import ring
from tests.attacks.record import Results, tried
from tests.database import START
from tests.snapshot import Snapshot
from workflow.rulebook import ClockRule
from workflow.rules import book

__all__ = ["tried"]
# Half an hour, root, and a bare Debian: `make drill`, not `make test`.
collect_ignore = [] if os.environ.get("DRILLS") else ["drills"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Results(config))


# Playwright's synchronous interface runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# A page on a busy machine takes its time; a test says what must come, not how soon.
expect.set_options(timeout=20_000)
# A busy machine makes drawing slow; that says nothing about the code.
hypothesis_settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("busy")
QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def private_files() -> None:
    """The folder of this pytest worker; keys are made in it on first use."""
    Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def snapshot(request: pytest.FixtureRequest) -> Snapshot:
    return Snapshot(request.config.cache.mkdir("database"))


@pytest.fixture(scope="session")
def django_db_keepdb(
    snapshot: Snapshot, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> bool:
    """True: the database stands already, as the snapshot left it."""
    with django_db_blocker.unblock():
        return snapshot.load(connection.creation._get_test_db_name())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, private_files: None, snapshot: Snapshot, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The test database with keys and rules, as `prepare` leaves one; what every transactional test gets back to."""
    with django_db_blocker.unblock():
        if not snapshot.loaded:
            snapshot.save()
        ring.ensure()
        ClockRule.objects.load(book())
        START.keep()
    yield
    # Beside a browser's event loop Django keeps a second connection of this thread, which nobody closes.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def no_flush() -> Iterator[None]:
    """Django's flush is replaced by a copy of the first state: see tests/database.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: START.put_back())
        yield


@pytest.fixture
def broker() -> Iterator["redis.Redis"]:
    """This worker's own Redis database, emptied before and after."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(scope="session")
def worker(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Child]:
    """A Celery worker as its own process, on the test database; ask for `transactional_db` beside it.

    Its log and its temporary files lie in one folder of its own.
    """
    with django_db_blocker.unblock():
        name, host = connection.settings_dict["NAME"], connection.settings_dict["HOST"]
    folder = tmp_path_factory.mktemp("worker")
    env = dict(os.environ) | {"DATABASE_URL": f"postgres://app@{str(host).replace('/', '%2F')}/{name}"}
    env["TMPDIR"] = str(folder)
    command = ["celery", "-A", "config", "worker", "--pool", "threads", "--concurrency", "2", "-l", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    child = start("worker", command, log=folder / "log", env=env)
    try:
        wait_until(lambda: bool(app.control.ping(timeout=0.5)), child)
        yield child
    finally:
        child.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"), "args": QUIET_BROWSER}


@pytest.fixture(scope="session")
def browser_context_args(live_server: LiveServer) -> dict[str, Any]:
    """`page.goto("/desk/")` reaches the served product."""
    return {
        "base_url": live_server.url,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }
