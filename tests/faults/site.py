"""The site of deploy/nginx in front of the three web units as deploy/systemd starts them; and a cache that asks it."""

import os
import socket
import ssl
import subprocess
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings

from config.runtime.children import Child, start, wait_until
from config.runtime.machine import NGINX
from config.runtime.messages import ROOT
from tests.faults.house import TOKEN, House
from tests.ground.test_demo import free_port

DEPLOY = ROOT / "deploy"
DESK, PARTNER, FIGURES = "desk.huhang.example", "partner.huhang.example", "figures.huhang.example"
UNITS = {"desk": "8001", "liaison": "8002", "statistics": "8003"}
# A cache of everything that says nothing against it, for everybody who asks for the address.
CACHE = """
proxy_cache_path {folder}/cache keys_zone=all:1m;
server {{
    listen 127.0.0.1:{port};
    location / {{
        proxy_pass https://127.0.0.1:{tls};
        proxy_set_header Host $http_host;
        proxy_cache all;
        proxy_cache_key $host$request_uri;
        proxy_cache_valid any 1h;
        add_header X-Cache $upstream_cache_status always;
    }}
}}
"""


def certificate(folder: Path) -> None:
    key, name = generate_private_key(SECP256R1()), x509.Name([])
    now, one = datetime.now(UTC), timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - one, now + one).sign(key, SHA256())
    (folder / "huhang.crt").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "huhang.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def of_unit(name: str, key: str) -> list[str]:
    """The words behind `key=` in a unit of ours."""
    lines = (DEPLOY / "systemd" / f"huhang-{name}.service").read_text().splitlines()
    return [line.removeprefix(f"{key}=") for line in lines if line.startswith(f"{key}=")]


class Site:
    """Everything it starts lies in one folder; what it writes of the product is the house's."""

    def __init__(self, folder: Path, house: House) -> None:
        self.folder, self.house = folder, house
        self.ports = {port: str(free_port()) for port in UNITS.values()}
        self.plain, self.tls, self.cache = free_port(), free_port(), free_port()
        self.running: list[Child] = []
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        self.env = house.env | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": ",".join((DESK, PARTNER, FIGURES)),
            "BEHIND_PROXY": "1",
            "CLIENT_ADDRESS_HEADER": "HTTP_X_REAL_IP",
            "SECURITY_PROFILE": "open",
            "DATA_DIR": str(self.data),
        }

    def begin(self) -> None:
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=self.env, check=True)
        for name, port in UNITS.items():
            self._serve(name, port)
        self._nginx()
        for port, child in zip(self.ports.values(), self.running, strict=False):
            wait_until(lambda port=port: listens(int(port)), child)  # type: ignore[misc]

    def _serve(self, name: str, port: str) -> None:
        """The unit's own command and PROCESS; another port, and one worker to spare the machine."""
        line = (
            of_unit(name, "ExecStart")[0]
            .replace(port, self.ports[port])
            .replace("--workers 2", "--workers 1")
        )
        process = next(
            word for line in of_unit(name, "Environment") for word in line.split() if "PROCESS=" in word
        )
        command = [sys.executable, "-m", "granian", *line.split()[1:]]
        env = self.env | {"PROCESS": process.removeprefix("PROCESS=")}
        self.running.append(start(name, command, log=self.folder / f"{name}.log", env=env, cwd=ROOT))

    def _nginx(self) -> None:
        certificate(self.folder)
        swapped = self.ports | {
            "/etc/huhang/tls": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "/etc/huhang/nginx-each.conf": f"{self.folder}/each.conf",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "listen 443": f"listen 127.0.0.1:{self.tls}",
            # What is waited for here is waited for in full by nobody.
            "client_body_timeout 20s": "client_body_timeout 1s",
            # All of the tests come from one address.
            "rate=20r/s": "rate=1000r/s",
            "rate=1r/s": "rate=1000r/s",
        }
        for name in ("huhang.conf", "each.conf"):
            text = (DEPLOY / "nginx" / name).read_text()
            for ours, here in swapped.items():
                text = text.replace(ours, here)
            (self.folder / name).write_text(text)
        places = "".join(
            f"{name}_temp_path {self.folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        cache = CACHE.format(folder=self.folder, port=self.cache, tls=self.tls)
        (self.folder / "nginx.conf").write_text(
            f"{'user root;' * (os.geteuid() == 0)} daemon off; pid {self.folder}/pid; error_log stderr; events {{}}\n"
            f"http {{ {places} include {self.folder}/huhang.conf; {cache} }}\n"
        )
        command = [NGINX.path(), "-e", "stderr", "-c", str(self.folder / "nginx.conf")]
        child = start("nginx", command, log=self.folder / "nginx.log")
        self.running.append(child)
        wait_until(lambda: listens(self.tls), child)

    def stop(self) -> None:
        for child in reversed(self.running):
            child.stop()

    def wire(self, name: str = DESK) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.tls), timeout=10)
        return unchecked().wrap_socket(plain, server_hostname=name)

    def told(self, raw: bytes, name: str = DESK) -> list[str]:
        """Every answer on one connection until the server closes it."""
        got = b""
        with closing(self.wire(name)) as wire:
            with suppress(OSError):  # it may refuse before it has heard all
                wire.sendall(raw)
            with suppress(OSError):
                while more := wire.recv(65536):
                    got += more
        return got.decode("latin-1").split("HTTP/1.1 ")[1:]

    def cookie(self, session: str) -> str:
        return f"__Host-csrf={TOKEN}" + (f"; __Host-session={session}" if session else "")

    def ask(
        self, verb: str, path: str, *, port: int = 0, session: str = "", body: bytes = b"", **heads: str
    ) -> tuple[HTTPResponse, str]:
        """As a browser asks the desk, with this session; by way of the cache where its port is given."""
        sent = {
            "Host": DESK,
            "X-CSRFToken": TOKEN,
            "Referer": f"https://{DESK}/",
            "Cookie": self.cookie(session),
        }
        made = HTTPSConnection("127.0.0.1", self.tls, timeout=30, context=unchecked())
        with closing(HTTPConnection("127.0.0.1", port, timeout=30) if port else made) as wire:
            wire.request(verb, path, body or None, sent | heads)
            answer = wire.getresponse()
            return answer, answer.read().decode(errors="replace")


def unchecked() -> ssl.SSLContext:
    """The certificate is made here and known to nobody."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
