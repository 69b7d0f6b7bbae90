"""Files come in sealed, piece by piece; they go out whole or in parts, under a name that says nothing."""

import tracemalloc
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.conf import LazySettings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.http.request import UnreadablePostError
from django.test import Client
from django.urls import reverse

from casework.models import Case, Evidence
from casework.uploads import SealingHandler
from casework.views.evidence import evidence_add
from privacy.audit import ReadAudit
from privacy.files import CHUNK, drop_broken, folder
from tests.attacks.record import Tried
from tests.casework.cases import a_case
from tests.files import media
from tests.people import a_caseworker, a_supervisor, another_federation, signed_in

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def stored() -> int:
    return len([*folder().glob("*")])


def send(client: Client, case: Case, *files: tuple[str, bytes], **more: str) -> Any:
    data = {"kind": "E5", "title": "左臂伤情", "precision": "unknown"} | more
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("casework:evidence_add", args=[case.pk]), data | {"file": sent})


def at_home(client: Client) -> Case:
    worker = a_caseworker()
    signed_in(client, worker)
    return a_case(worker)


def test_several_files_are_several_entries(client: Client) -> None:
    case = at_home(client)
    answer = send(client, case, ("a.jpg", media.photo()), ("b.wav", media.wav()))
    rows = Evidence.objects.filter(case=case).order_by("created_at")
    assert (answer.status_code, [row.media_type for row in rows], {len(row.sm3) for row in rows}) == (
        302, ["image/jpeg", "audio/wav"], {64},
    )  # fmt: skip


def test_sent_by_script_the_answer_is_a_part_of_the_page_or_where_to_go(client: Client) -> None:
    case = at_home(client)
    url, data = reverse("casework:evidence_add", args=[case.pk]), {"kind": "E5", "precision": "unknown"}
    script = {"HX-Request": "true"}
    refused = client.post(url, data, headers=script)
    kept = client.post(url, data | {"title": "左臂伤情"}, headers=script)
    assert (refused.status_code, b"<!doctype" in refused.content, kept["HX-Redirect"]) == (
        422, False, f"{case.get_absolute_url()}#evidence",
    )  # fmt: skip


def test_one_bad_file_among_good_ones_stores_none_and_keeps_what_was_typed(client: Client) -> None:
    case = at_home(client)
    answer = send(client, case, ("a.jpg", media.photo()), ("b.jpg", b"MZ program"), note="邻居送来")
    page = answer.content.decode()
    assert (answer.status_code, Evidence.objects.count(), stored()) == (422, 0, 0)
    assert ("左臂伤情" in page, "邻居送来" in page, "第 2 个文件" in page) == (True, True, True)


@pytest.mark.attack("T67")
def test_a_file_or_a_case_too_large_is_refused_in_words(
    client: Client, settings: LazySettings, tried: Tried
) -> None:
    case = at_home(client)
    settings.EVIDENCE_MOST_BYTES = 3 * CHUNK
    large = send(client, case, ("a.jpg", media.photo() + bytes(3 * CHUNK)))
    settings.EVIDENCE_MOST_PER_CASE = 100
    full = send(client, case, ("a.jpg", media.photo()))
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    many = send(client, case, ("a.jpg", media.photo()), ("b.jpg", media.photo()))
    got = [answer.status_code for answer in (large, full, many)]
    tried(
        request="file, case, request too large",
        actor="caseworker",
        expected=([422, 422, 400], 0),
        got=(got, stored()),
    )
    assert ("左臂伤情" in large.content.decode(), list(large.context["form"].errors)) == (True, ["file"])


@pytest.mark.attack("T67")
def test_whoever_may_not_bring_files_leaves_nothing_on_the_disk(client: Client, tried: Tried) -> None:
    case, places = a_case(a_caseworker()), [reverse("agencies:sign_in")]
    for actor in (None, a_supervisor(), a_caseworker(another_federation())):
        client = Client() if actor is None else signed_in(Client(), actor)
        answer = send(client, case, ("a.jpg", media.photo()))
        expected = places[0] if actor is None else 404
        got = answer["Location"].split("?")[0] if actor is None else answer.status_code
        who = actor.role if actor else "anonymous"
        tried(
            request="POST /cases/<id>/evidence/add/", actor=who, expected=(expected, 0), got=(got, stored())
        )


class Body:
    """The body of a request of `size` bytes that nobody holds in memory; `breaks`: the line goes dead then."""

    def __init__(self, size: int, breaks: int | None = None) -> None:
        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
        self.parts = [BytesIO(head), None, BytesIO(b"\r\n--b--\r\n")]
        self.left, self.sent, self.breaks = size, 0, breaks
        self.length = size + len(head) + 9

    def readline(self, size: int = -1) -> bytes:
        raise NotImplementedError

    def read(self, size: int = -1) -> bytes:
        if self.breaks is not None and self.sent > self.breaks:
            raise UnreadablePostError
        for part in self.parts:
            found = part.read(size) if part else bytes(min(size, self.left))
            if found:
                self.left -= 0 if part else len(found)
                self.sent += len(found)
                return found
        return b""


def parsed(body: Body) -> Any:
    request = HttpRequest()
    request.arrived = []  # type: ignore[attr-defined]
    request.actor, request.resolver_match = a_caseworker(), SimpleNamespace(func=evidence_add)  # type: ignore[attr-defined, assignment]
    handler = SealingHandler(request)
    kind = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(body.length)}
    return MultiPartParser(kind, cast(Any, body), [handler]).parse()[1]["file"]


@pytest.mark.attack("T67")
def test_a_file_of_fifty_megabytes_is_never_whole_in_memory(tried: Tried) -> None:
    tracemalloc.start()
    file = parsed(Body(50 * MEGABYTE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    file.arriving.drop()
    tried(
        request="50 MB",
        actor="caseworker",
        expected=(50 * MEGABYTE, True),
        got=(file.arriving.size, peak < 4 * MEGABYTE),
    )


@pytest.mark.attack("T67")
def test_one_megabyte_more_and_a_request_past_all_bounds_are_dropped_as_they_come(tried: Tried) -> None:
    file = parsed(Body(51 * MEGABYTE))
    with pytest.raises(RequestDataTooBig):
        parsed(Body(600 * MEGABYTE))
    tried(request="51 MB; 600 MB", actor="caseworker", expected=(None, 0), got=(file.arriving, stored()))


def test_an_upload_that_breaks_off_leaves_nothing(client: Client) -> None:
    case, body = at_home(client), Body(5 * MEGABYTE, breaks=2 * MEGABYTE)
    client.raise_request_exception = False
    answer = client.request(**{
        "wsgi.input": body, "CONTENT_LENGTH": str(body.length), "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "REQUEST_METHOD": "POST", "PATH_INFO": reverse("casework:evidence_add", args=[case.pk]),
    })  # fmt: skip
    assert (answer.status_code >= 400, body.sent > 2 * MEGABYTE, stored()) == (True, True, 0)


def test_what_a_killed_process_left_opens_for_nobody_and_is_swept_away() -> None:
    file = parsed(Body(CHUNK * 3))
    part = next(folder().iterdir())
    file.arriving._out.flush()
    assert part.read_bytes()[:68] == bytes(68)  # without head no key
    file.arriving._out.close()
    assert (drop_broken(part.stat().st_mtime + 1), stored()) == (1, 0)


@pytest.mark.attack("T66")
@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.jpg", "/etc/cron.d/x.jpg", "a\0.jpg", "..%2f..%2fx.jpg", "长" * 300 + ".jpg", "CON.jpg",
     'x";y=\r\nSet-Cookie: a=b.jpg'],
)  # fmt: skip
def test_a_name_never_becomes_a_path_or_a_header(client: Client, name: str, tried: Tried) -> None:
    case = at_home(client)
    send(client, case, (name, media.photo()))
    row = Evidence.objects.filter(case=case).first()
    outside = [path for path in folder().parent.rglob("*") if path.is_file() and path.parent != folder()]
    names = {path.name for path in folder().iterdir()}
    if row is None:  # the parser refused the request
        assert (stored(), outside) == (0, [])
        return tried(request=f"upload {name[:30]!r}", actor="caseworker", expected=0, got=stored())
    answer = client.post(reverse("casework:evidence_get", args=[case.pk, row.pk]))
    expected = f'attachment; filename="evidence-{row.pk.hex[:8]}.jpg"'
    tried(
        request=f"upload {name[:30]!r}",
        actor="caseworker",
        expected=expected,
        got=answer["Content-Disposition"],
    )
    assert (outside, {len(one) for one in names}) == ([], {36})


def given(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def with_sound(client: Client) -> tuple[str, str, bytes, Evidence]:
    """Its page, the address of its copy, the copy, the row: a recording of several chunks."""
    case = at_home(client)
    long = media.wav().replace(b"data", b"data") + bytes(3 * CHUNK)
    send(client, case, ("a.wav", long))
    row = Evidence.objects.get(case=case)
    args = [case.pk, row.pk]
    show = reverse("casework:evidence_show", args=args)
    return (
        reverse("casework:evidence_look", args=args),
        show,
        given(client.get(show)),
        row,
    )


def test_a_range_is_a_part_and_one_look_is_one_row(client: Client) -> None:
    _page, show, whole, row = with_sound(client)
    asked = {
        "bytes=0-": (206, whole), "bytes=10-19": (206, whole[10:20]),
        f"bytes={CHUNK - 5}-{CHUNK + 4}": (206, whole[CHUNK - 5 : CHUNK + 5]),
        "bytes=-7": (206, whole[-7:]), f"bytes={len(whole)}-": (416, b""), "bytes=5-2": (416, b""), "lines=1-2": (200, whole),
    }  # fmt: skip
    got = {}
    for value in asked:
        answer = client.get(show, headers={"Range": value})
        got[value] = (answer.status_code, given(answer))
    reads = ReadAudit.objects.filter(owner=row.case_id, action="file").count()
    assert (got, reads) == (asked, 3)  # the first whole one, bytes=0-, and the one without a range we know


@pytest.mark.attack("T68")
def test_a_file_is_given_in_a_sandbox_as_an_attachment(client: Client, tried: Tried) -> None:
    page, show, _whole, row = with_sound(client)
    seen, answer = client.get(page).content.decode(), client.get(show)
    names = (
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cache-Control",
        "Cross-Origin-Resource-Policy",
    )
    got = [answer[name] for name in names] + [answer["Content-Disposition"].split(";")[0]]
    expected = ["default-src 'none'; sandbox", "nosniff", "no-store", "same-origin", "attachment"]
    tried(request="GET …/evidence/<id>/show/", actor="caseworker", expected=expected, got=got)
    assert (f'<audio class="evidence-copy" src="{show}"' in seen, str(row.file_id) in seen) == (True, False)


def test_a_paper_is_not_opened_in_the_page(client: Client) -> None:
    case = at_home(client)
    send(client, case, ("a.pdf", media.paper()))
    row = Evidence.objects.get(case=case)
    shown = client.get(reverse("casework:evidence_show", args=[case.pk, row.pk]))
    assert shown.status_code == 404


@pytest.mark.attack("T69")
def test_a_changed_or_shortened_file_gives_no_byte(client: Client, tried: Tried) -> None:
    _page, show, _whole, row = with_sound(client)
    path = folder() / str(row.copy.file_id)
    sealed = path.read_bytes()
    damages = {
        "cut": sealed[: -CHUNK - 16],
        "lengthened": sealed + b"\0",
        "changed": sealed[:-1] + bytes([sealed[-1] ^ 1]),
    }
    client.raise_request_exception = False
    for name, damaged in damages.items():
        path.write_bytes(damaged)
        answers = [client.get(show, headers={"Range": "bytes=0-9"}), client.get(show)]
        tried(
            request=f"GET …/show/ of a file {name}",
            actor="caseworker",
            expected=[500, 500],
            got=[a.status_code for a in answers],
        )


@pytest.mark.attack("T09")
def test_files_of_another_agency_are_as_absent_as_guessed_ones(client: Client, tried: Tried) -> None:
    _page, show, _whole, row = with_sound(client)
    signed_in(client, a_caseworker(another_federation()))
    for name in ("evidence_get", "evidence_look", "evidence_show"):
        url = reverse(f"casework:{name}", args=[row.case_id, row.pk])
        answer = client.post(url) if name == "evidence_get" else client.get(url)
        tried(request=name, actor="caseworker of agency B", expected=404, got=answer.status_code)
    assert client.get(show.replace(str(row.pk), str(row.case_id))).status_code == 404
