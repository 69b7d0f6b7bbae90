"""Bytes that no browser sends, to the server itself: it answers each with one refusal, or as the one request it is."""

import socket
from contextlib import closing

import pytest

from tests.attacks.record import Tried
from tests.faults.house import House

pytestmark = pytest.mark.xdist_group("faults")
HIDDEN = "GET /hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEAD = "Host: 127.0.0.1\r\nConnection: close\r\n"
TELLING = ("granian", "hyper", "python", "django", "wsgi", "x-powered-by")
FORM = "Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def told(house: House, raw: str, *, whole: bool = False) -> list[str]:
    """Every answer on one connection until the server closes it: its head, or all of it."""
    with closing(socket.create_connection(("127.0.0.1", house.ports[0]), timeout=10)) as wire:
        wire.sendall(raw.encode("latin-1"))
        wire.settimeout(5)
        got = b""
        try:
            while more := wire.recv(65536):
                got += more
        except (TimeoutError, ConnectionResetError):
            pass
    parts = got.decode("latin-1").split("HTTP/1.1 ")[1:]
    return parts if whole else [part.split("\r\n\r\n")[0] for part in parts]


SMUGGLED = {
    "two lengths": f"Content-Length: 0\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}",
    "CL.TE": f"Content-Length: {5 + len(HIDDEN)}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE.CL": f"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n",
    "TE twice": f"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE with a blank": f"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{HIDDEN}",
    "TE unknown": f"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a length with a sign": f"Content-Length: +5\r\n\r\nabcde{HIDDEN}",
    "a length below nought": f"Content-Length: -1\r\n\r\n{HIDDEN}",
    "2 MB in chunks": "Transfer-Encoding: chunked\r\n\r\n"
    + f"10000\r\n{'a' * 65536}\r\n" * 32
    + f"0\r\n\r\n{HIDDEN}",
}
REFUSED = {
    "two hosts": ("GET /sign-in", f"{HEAD}Host: evil.test\r\n", 400),
    "no host": ("GET /sign-in", "Connection: close\r\n", 400),
    "our address, a foreign host": (
        "GET http://127.0.0.1/sign-in",
        "Host: evil.test\r\nConnection: close\r\n",
        400,
    ),
    "a foreign address": ("GET http://evil.test/sign-in", HEAD, 200),
    "TRACE": ("TRACE /sign-in", f"{HEAD}X-Secret: evil\r\n", 405),
    "TRACK": ("TRACK /sign-in", HEAD, 403),
    "DEBUG": ("DEBUG /sign-in", f"{HEAD}Command: stop-debug\r\n", 403),
    "CONNECT": ("CONNECT 127.0.0.1:22", HEAD, 403),
    "500 heads": ("GET /sign-in", HEAD + "".join(f"X-{n}: 1\r\n" for n in range(500)), 431),
    "a head of 1 MB": ("GET /sign-in", f"{HEAD}X-Long: {'a' * 2**20}\r\n", 431),
    "an address of 100 kB": ("GET /" + "a" * 100_000, HEAD, 414),
    "a folded head": ("GET /sign-in", f"{HEAD}X-A: a\r\n  folded\r\n", 400),
    "a NUL in a head": ("GET /sign-in", f"{HEAD}X-A: a\x00b\r\n", 400),
}


@pytest.mark.attack("T63")
def test_a_request_hidden_in_another_is_never_answered(house: House, tried: Tried) -> None:
    house.web()
    seen = told(house, f"{HIDDEN}GET /hidden HTTP/1.1\r\n{HEAD}\r\n")
    tried(
        request="two honest requests", actor="anybody", expected=["404", "404"], got=[one[:3] for one in seen]
    )
    for name, rest in SMUGGLED.items():
        got = [head[:3] for head in told(house, f"POST /sign-in HTTP/1.1\r\n{FORM}{rest}")]
        once = len(got) == 1 and got[0] in {"400", "403"}
        tried(request=f"POST /sign-in, {name}", actor="anybody", expected=True, got=once)


@pytest.mark.attack("T61", "T63", "T65")
def test_odd_requests_are_refused_and_nothing_says_what_serves_here(house: House, tried: Tried) -> None:
    house.web()
    for name, (line, heads, status) in REFUSED.items():
        heard = told(house, f"{line} HTTP/1.1\r\n{heads}\r\n", whole=True)
        head = "".join(one.split("\r\n\r\n")[0] for one in heard).lower()
        said = [word for word in TELLING if word in head] + ["evil"] * ("evil" in "".join(heard))
        got = ([one[:3] for one in heard], said)
        tried(request=name, actor="anybody", expected=([str(status)], []), got=got)
