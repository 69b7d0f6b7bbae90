"""Temporary servers come for one command and leave nothing."""

import os
import subprocess
import sys
from pathlib import Path

from config.runtime.messages import ROOT

SHOW = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    names = "log_error_verbosity", "log_min_error_statement", "listen_addresses"
    print([connection.execute(f"show {name}").fetchone()[0] for name in names])
    print(connection.execute("select pg_postmaster_start_time() is not null").fetchone()[0])
with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
    print(client.ping())
"""


def run(code: str, temporary: Path) -> "subprocess.CompletedProcess[str]":
    inherited = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-m", "config.runtime.run", "python", "-c", code]
    env = {**inherited, "TMPDIR": str(temporary)}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_servers_answer_and_keep_statements_out_of_their_log(tmp_path: Path) -> None:
    assert run(SHOW, tmp_path).stdout.splitlines() == ["['terse', 'panic', '']", "True", "True"]


def test_the_exit_code_is_that_of_the_command(tmp_path: Path) -> None:
    assert run("raise SystemExit(7)", tmp_path).returncode == 7


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    run("", tmp_path)
    assert (list(tmp_path.iterdir()), processes_using(tmp_path)) == ([], [])


def processes_using(folder: Path) -> list[str]:
    listed = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if str(folder) in line]
