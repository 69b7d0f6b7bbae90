"""Through the nginx of deploy/, as a stranger and as a colleague: what a front server could spoil, it does not."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from agencies.actor import Actor
from casework.models import Case, Evidence, Note
from tests.attacks.record import Tried
from tests.casework.cases import a_case
from tests.casework.test_evidence import a_photo
from tests.faults.house import TOKEN, House
from tests.faults.site import DESK, PARTNER, Site
from tests.faults.test_wire import SMUGGLED, TELLING
from tests.people import a_caseworker, another_federation

pytestmark = pytest.mark.xdist_group("faults")
MEGABYTE = 2**20
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {cookie}\r\nX-CSRFToken: {token}\r\n"
    "Referer: https://{host}/\r\nContent-Type: multipart/form-data; boundary=edge\r\n"
)


def a_form(file: bytes) -> bytes:
    fields = {"kind": "E5", "title": "x", "precision": "unknown"}
    said = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
    )
    named = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return (said + named).encode() + file + b"\r\n--edge--\r\n"


def in_store(site: Site) -> set[str]:
    folder = site.data / "files"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.fixture(scope="module")
def site(house: House, worker_actor: Actor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"), house)
    try:
        made.begin()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def case(worker_actor: Actor) -> Case:
    return a_case(worker_actor)


def test_nginx_takes_the_site_without_a_warning(site: Site) -> None:
    assert re.findall("warn|emerg|alert", (site.folder / "nginx.log").read_text()) == []


@pytest.mark.attack("T62")
def test_a_cache_in_front_keeps_no_page_and_gives_nobody_anothers(
    site: Site, house: House, worker_actor: Actor, case: Case, tried: Tried
) -> None:
    page, known = f"/cases/{case.pk}/", str(case.pk)
    asked = [("caseworker", worker_actor), ("colleague elsewhere", a_caseworker(another_federation()))]
    for path, statuses in ((page, (200, 404)), (f"{page}x.css", (404, 404)), ("/sign-in", (302, 302))):
        for (who, actor), status in zip(asked, statuses, strict=True):
            stored, text = site.ask("GET", path, port=site.cache, session=house.session(actor))
            got = (stored.status, stored.headers["X-Cache"], known in text)
            expected = (status, "MISS", status == 200)
            tried(request=f"GET {path} through a cache", actor=who, expected=expected, got=got)
    style = re.findall(r'href="(/static/css/app[^"]+)"', site.ask("GET", "/law/")[1])[0]
    kept = [site.ask("GET", style, port=site.cache)[0].headers["X-Cache"] for _ in range(2)]
    tried(
        request="GET a style sheet, twice, through the cache",
        actor="anybody",
        expected=["MISS", "HIT"],
        got=kept,
    )


@pytest.mark.attack("T63")
def test_no_request_hides_in_another_on_its_way_through_nginx(site: Site, tried: Tried) -> None:
    form = f"Host: {DESK}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    for name, rest in SMUGGLED.items():
        got = [one[:3] for one in site.told(f"POST /sign-in HTTP/1.1\r\n{form}{rest}".encode("latin-1"))]
        once = len(got) == 1 and got[0] in {"400", "403", "501"}
        # The connections to the product are kept: what hid in the last request would answer the next one.
        after = [site.ask("GET", "/sign-in")[0].status for _ in range(2)]
        tried(
            request=f"POST /sign-in, {name}", actor="anybody", expected=(True, [200, 200]), got=(once, after)
        )
    for name, heads in {"two hosts": f"Host: {DESK}\r\nHost: {PARTNER}", "no host": "A: b"}.items():
        heard = [one[:3] for one in site.told(f"GET / HTTP/1.1\r\n{heads}\r\n\r\n".encode())]
        tried(request=f"GET /, {name}", actor="anybody", expected=["400"], got=heard)
    heard = site.told(b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n")
    tried(request="GET / of a host that is not ours", actor="anybody", expected=[], got=heard)


@pytest.mark.attack("T36", "T63")
def test_what_a_client_says_of_itself_is_overwritten(site: Site, tried: Tried) -> None:
    lies = {
        "X-Real-IP": "6.6.6.6",
        "X_Real_IP": "6.6.6.7",
        "X-Forwarded-For": "6.6.6.8",
        "X-Forwarded-Proto": "http",
    }
    form = urlencode({"username": "nobody-here", "password": "x"}).encode()
    lies["Content-Type"] = "application/x-www-form-urlencoded"
    status = site.ask("POST", "/sign-in", body=form, **lies)[0].status
    known = set(AccessAttempt.objects.filter(username="nobody-here").values_list("ip_address", flat=True))
    tried(
        request="a wrong password, with foreign addresses",
        actor="anybody",
        expected=(401, {"127.0.0.1"}),
        got=(status, known),
    )


@pytest.mark.attack("T65")
def test_no_head_and_no_refusal_says_what_serves_here(site: Site, tried: Tried) -> None:
    raw = {
        "GET /sign-in": (b"GET /sign-in", b"", ["200"]),
        "GET /nowhere": (b"GET /nowhere", b"", ["404"]),
        "GET /metrics": (b"GET /metrics", b"", ["404"]),
        "TRACE": (b"TRACE /", b"X-Secret: evil\r\n", ["405"]),
        "DEBUG": (b"DEBUG /sign-in", b"Command: stop-debug\r\n", ["403"]),
        "an address of 100 kB": (b"GET /" + b"a" * 100_000, b"", ["414"]),
        "a head of 1 MB": (b"GET /", b"X-Long: " + b"a" * MEGABYTE + b"\r\n", ["400"]),
        "60 MB announced": (b"POST /sign-in", b"Content-Length: 60000000\r\n", ["413"]),
    }
    for name, (line, heads, status) in raw.items():
        whole = line + f" HTTP/1.1\r\nHost: {DESK}\r\nConnection: close\r\n".encode() + heads + b"\r\n"
        heard = site.told(whole)
        head = "".join(one.split("\r\n\r\n")[0] for one in heard).lower()
        said = [word for word in TELLING if word in head] + re.findall(r"nginx/[\d.]+|evil", "".join(heard))
        tried(request=name, actor="anybody", expected=(status, []), got=([one[:3] for one in heard], said))


@pytest.mark.attack("T67")
def test_an_upload_too_large_too_slow_or_without_length_keeps_nothing_and_nobody_waiting(
    site: Site, house: House, worker_actor: Actor, case: Case, tried: Tried
) -> None:
    path, session = reverse("casework:evidence_add", args=[case.pk]), house.session(worker_actor)
    head = HEAD.format(path=path, host=DESK, cookie=site.cookie(session), token=TOKEN)
    before = in_store(site)
    begun = f"{head}Content-Length: 400000\r\n\r\n".encode() + a_form(b"a" * 1000)[:-20]
    note = head.replace(path, reverse("casework:note_add", args=[case.pk]))
    note = note.replace("multipart/form-data; boundary=edge", "application/x-www-form-urlencoded")
    half = f"{note}Content-Length: 4000\r\n\r\nkind=other&text=half+of+what+was".encode()
    with ThreadPoolExecutor(10) as pool:
        waiting = [pool.submit(site.told, one) for one in [begun] * 9 + [half]]
        meanwhile = site.ask("GET", f"/cases/{case.pk}/", session=session)[0].status
        answers = [one[:3] for run in waiting for one in run.result()]
    tried(
        request="nine uploads and a note that stop half-way",
        actor="caseworker",
        expected=([], 200),
        got=(answers, meanwhile),
    )
    large = a_form(a_photo() + bytes(51 * MEGABYTE))
    got = site.told(f"{head}Content-Length: {len(large)}\r\n\r\n".encode() + large)
    tried(request="51 MB", actor="caseworker", expected=["422"], got=[one[:3] for one in got])
    endless = f"{MEGABYTE:x}\r\n".encode() + bytes(MEGABYTE) + b"\r\n"
    got = site.told(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + endless * 60)
    refused = [one[:3] in ("413", "422") for one in got]
    tried(request="60 MB without length", actor="caseworker", expected=[True], got=refused)
    kept = [model.objects.filter(case=case).exists() for model in (Evidence, Note)]
    tried(
        request="what is kept of all these",
        actor="caseworker",
        expected=(before, [False, False]),
        got=(in_store(site), kept),
    )
