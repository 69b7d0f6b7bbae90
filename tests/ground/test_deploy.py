"""What a district office copies from deploy/ is read by the programs it is for, and names nothing that is not there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import psycopg
import pytest
import redis
from django.core.management import get_commands
from django.db import connection
from kombu import Connection
from pytest_django.fixtures import Settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.celery import app
from config.processes import COMPARTMENTS
from config.runtime.children import start, wait_until
from config.runtime.machine import SYSTEMD
from config.runtime.messages import ROOT
from config.runtime.servers import VALKEY
from config.settings import broker
from privacy.broker import client
from privacy.purposes import KEKS
from tests.attacks.record import Tried
from tests.ground.test_demo import free_port

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("huhang-*.service"))
READ = re.compile(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"|environ(?:\.get)?[\[(]"([A-Z_]+)"')
# Read by Python and by the metrics library.
BY_OTHERS = {"PYTHONUNBUFFERED", "PROMETHEUS_MULTIPROC_DIR", "DJANGO_SETTINGS_MODULE"}


class Several(dict):  # type: ignore[type-arg]
    """A unit names one key several times: all count."""

    def __setitem__(self, key: str, value: object) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def unit(path: Path) -> dict[str, list[str]]:
    parser = RawConfigParser(strict=False, dict_type=Several, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path)
    return {key: value.split("\n") for key, value in parser["Service"].items()}


def named(path: Path) -> Iterator[str]:
    """Every variable that a unit or an environment file sets."""
    for line in path.read_text().splitlines():
        if path.suffix == ".env":
            yield from re.findall(r"^(?:# )?([A-Z_]+)=", line)
        elif line.startswith("Environment="):
            yield from re.findall(r"([A-Z_]+)=", line.removeprefix("Environment="))


def known() -> set[str]:
    sources = [*(ROOT / "config").rglob("*.py"), *(ROOT / "privacy").rglob("*.py")]
    found = READ.findall("\n".join(path.read_text() for path in sources))
    return {one or other for one, other in found} | BY_OTHERS


def test_every_variable_is_one_that_the_product_reads() -> None:
    files = [*DEPLOY.rglob("*.env"), *UNITS]
    assert {name for path in files for name in named(path)} - known() == set()


@pytest.mark.attack("T85")
def test_the_processes_hold_the_keys_they_need_and_no_others(tried: Tried) -> None:
    handed = {
        path.stem.removeprefix("huhang-"): {
            line.split(":")[0] for line in unit(path).get("LoadCredential", [])
        }
        for path in UNITS
    }
    own = {name: {f"{KEKS[one]}.key" for one in COMPARTMENTS.get(name, ())} for name in handed}
    tried(request="LoadCredential= of every unit", actor="host", expected=own, got=handed)
    assert all(
        line.endswith(f":/etc/huhang/keys/{line.split(':')[0]}")
        for path in UNITS
        for line in unit(path).get("LoadCredential", [])
    )
    users = {path.stem.removeprefix("huhang-"): unit(path)["User"][0] for path in UNITS}
    assert users.pop("statistics") == "huhang-statistics"
    assert set(users.values()) == {"huhang"}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_what_there_is(path: Path) -> None:
    service = unit(path)
    for line in service["ExecStart"] + service.get("ExecStartPre", []):
        program, *words = line.split()
        assert Path(program).name in {"python", "granian", "celery"}
        assert words[0] != "manage.py" or words[1] in get_commands()
    files = [name for name in service["EnvironmentFile"] if not (DEPLOY / "env" / Path(name).name).exists()]
    assert files == []


def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    """The programs of the units are put into a root of its own."""
    units, bin_ = tmp_path / "etc/systemd/system", tmp_path / "opt/huhang/app/.venv/bin"
    for folder in (units, units / "huhang-.service.d", bin_):
        folder.mkdir(parents=True)
    for path in (DEPLOY / "systemd").glob("huhang*"):
        shutil.copy(path, units)
    shutil.copy(DEPLOY / "systemd" / "hardening.conf", units / "huhang-.service.d")
    for program in ("python", "granian", "celery"):
        (bin_ / program).write_text("#!/bin/sh\n")
        (bin_ / program).chmod(0o755)
    names = [path.name for path in units.glob("huhang*") if path.is_file()]
    done = subprocess.run(
        [SYSTEMD.path(), "verify", "--man=no", "--recursive-errors=no", f"--root={tmp_path}", *names],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line for line in (done.stdout + done.stderr).splitlines() if "huhang" in line]
    assert (done.returncode, told) == (0, [])


@pytest.mark.attack("T20")
def test_the_proxy_overwrites_who_asks_and_hides_what_is_ours_alone() -> None:
    site = (DEPLOY / "nginx" / "each.conf").read_text()
    assert "proxy_set_header X-Real-IP $remote_addr;" in site
    assert "location = /metrics { return 404; }" in site
    assert re.findall(r"location = /(\w+)\s+\{ allow 127.0.0.1; deny all;", site) == ["healthz", "readyz"]


@pytest.mark.django_db
def test_postgresql_takes_every_setting() -> None:
    lines = re.findall(r"^(\w+) = (.*)$", (DEPLOY / "postgresql" / "huhang.conf").read_text(), re.MULTILINE)
    with connection.cursor() as cursor:
        cursor.execute("select lower(name) from pg_settings")
        assert {name for name, _value in lines} - {row[0] for row in cursor.fetchall()} == set()
    with psycopg.connect(host=str(connection.settings_dict["HOST"]), user="app", dbname="postgres") as wire:
        for name, value in lines:
            context = wire.execute(
                "select context from pg_settings where lower(name) = %s", [name]
            ).fetchone()
            if context and context[0] in {"user", "superuser"}:
                wire.execute("select set_config(%s, %s, true)", [name, value.strip("'")])


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, int]]:
    """A Valkey with our access list, on a port; beside it a sentinel that watches it. (password, port, sentinel)"""
    folder, port, watcher = tmp_path_factory.mktemp("valkey"), free_port(), free_port()
    acl = (DEPLOY / "valkey" / "huhang.acl").read_text()
    (folder / "huhang.acl").write_text(
        acl.replace("REPLACE-ME-TOO", "s" * 20).replace("REPLACE-ME", "p" * 20)
    )
    conf = (
        (DEPLOY / "valkey" / "huhang.conf")
        .read_text()
        .replace("/etc/huhang/valkey.acl", f"{folder}/huhang.acl")
    )
    (folder / "valkey.conf").write_text(f"{conf}\nport {port}\ndir {folder}\n")
    conf = (DEPLOY / "valkey" / "sentinel.conf").read_text().replace("REPLACE-ME-TOO", "s" * 20)
    conf = conf.replace("10.0.0.11 6379 2", f"127.0.0.1 {port} 1").replace("bind 10.0.0.11", "bind 127.0.0.1")
    conf = conf.replace("port 26379", f"port {watcher}").replace("/var/lib/valkey", str(folder))
    (folder / "sentinel.conf").write_text(conf)
    server = start("valkey", [str(VALKEY), str(folder / "valkey.conf")], log=folder / "log")
    sentinel = start(
        "sentinel", [str(VALKEY), str(folder / "sentinel.conf"), "--sentinel"], log=folder / "log2"
    )
    try:
        wait_until(lambda: (folder / "log2").read_text().count("+monitor master") > 0, sentinel)
        yield "p" * 20, port, watcher
    finally:
        sentinel.stop()
        server.stop()


def test_the_access_list_lets_the_queue_work_and_nothing_else(locked: tuple[str, int, int]) -> None:
    password, port, _watcher = locked
    with (
        redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(redis.exceptions.AuthenticationError),
    ):
        stranger.ping()
    with redis.Redis(port=port, username="huhang", password=password) as client:
        client.lpush("celery", "x")
        for refused in (["KEYS", "*"], ["CONFIG", "GET", "*"], ["FLUSHALL"], ["GET", "session"], ["MONITOR"]):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*refused)
        client.delete("celery")


def test_the_worker_as_its_unit_starts_it_gets_ready_under_the_access_list(
    locked: tuple[str, int, int], tmp_path: Path
) -> None:
    password, port, _watcher = locked
    _program, *words = unit(DEPLOY / "systemd" / "huhang-worker.service")["ExecStart"][0].split()
    env = dict(os.environ) | {"REDIS_URL": f"redis://huhang:{password}@127.0.0.1:{port}/0"}
    child = start("worker", [sys.executable, "-m", "celery", *words], log=tmp_path / "log", env=env)
    try:
        wait_until(lambda: " ready." in child.log.read_text(), child)
    finally:
        child.stop()


def test_the_queue_is_found_through_sentinels(locked: tuple[str, int, int], settings: Settings) -> None:
    password, _port, watcher = locked
    settings.REDIS_SENTINELS, settings.REDIS_MASTER = [f"127.0.0.1:{watcher}"], "huhang"
    settings.REDIS_USER, settings.REDIS_PASSWORD = "huhang", password
    url = broker.url("", settings.REDIS_SENTINELS, "huhang", password)
    with Connection(url, transport_options=broker.options(settings.REDIS_SENTINELS, "huhang")) as wire:
        app.send_task("workflow.tasks.relay_outbox", connection=wire, ignore_result=True)
    with client() as redis_client:
        assert redis_client.llen("celery") == 1


def test_sentinels_are_written_as_celery_reads_them() -> None:
    found = broker.url("redis://x", ["a:1", "b:2"], "u", "p/")
    assert found == "sentinel://u:p%2F@a:1/0;sentinel://u:p%2F@b:2/0"
    assert broker.options(["a:1"], "house")["master_name"] == "house"
