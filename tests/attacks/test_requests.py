"""Requests that no page of ours makes: forged, doubled, guessed, huge, sent again."""

import time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from casework.codes import NoteKind
from casework.models import Case, Note
from tests.attacks.door import typed
from tests.attacks.record import Tried
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, an_operator, signed_in

pytestmark = pytest.mark.django_db
FOREIGN = ("//evil.test/", "\\\\evil.test", "https://evil.test/", "javascript:alert(1)", "/\\evil.test", "/\t/evil.test",
           "/%0d%0aLocation:%20https://evil.test", "///evil.test", "https:evil.test", "/x\r\nSet-Cookie: a=b")  # fmt: skip
PROBES = (
    "' OR 1=1 --", "1); DROP TABLE casework_case;--", "\x00", "{}", "[]", '{"a":["b"]}', "case__reporters__name", "９", "-1",
    "1e999", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "%", "a" * 5000,
)  # fmt: skip
LOOKUPS = (
    "alias__startswith", "persons__name", "reporters__phone__startswith", "history__alias", "pk__in", "agency__id__gt",
    "order_by", "order", "fields", "danger", "form", "state", "after", "page", "mine", "stage",
)  # fmt: skip


def ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()


@pytest.mark.attack("T51")
def test_a_post_that_no_page_of_ours_sent_changes_nothing(tried: Tried) -> None:
    worker = a_caseworker()
    case, browser = a_case(worker), signed_in(Client(enforce_csrf_checks=True), worker)
    url = reverse("casework:note_add", args=[case.pk])
    asked: list[tuple[str, dict[str, Any]]] = [
        ("no token", {"data": {"text": "x"}}),
        ("a token of her own", {"data": {"text": "x", "csrfmiddlewaretoken": "a" * 64}}),
        ("text/plain", {"data": '{"text":"x"}', "content_type": "text/plain"}),
        ("json", {"data": {"text": "x"}, "content_type": "application/json"}),
        ("foreign origin", {"data": {"text": "x"}, "headers": {"Origin": "https://evil.test"}}),
        ("no origin", {"data": {"text": "x"}, "headers": {"Origin": "null"}}),
    ]
    for name, sent in asked:
        tried(
            request=f"POST a note, {name}",
            actor="a foreign page",
            expected=403,
            got=browser.post(url, **sent).status_code,
        )
    for override in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "DELETE"}):
        got = browser.get(f"{url}?_method=POST&text=x", headers=override).status_code
        tried(
            request="GET with the verb overridden",
            actor="a foreign page",
            expected=True,
            got=got in {200, 405},
        )
    assert (Note.objects.count(), Case.objects.get(pk=case.pk).rev) == (0, case.rev)


@pytest.mark.attack("T60")
def test_the_way_on_after_signing_in_is_always_ours(tried: Tried) -> None:
    known = typed(an_operator())
    for wanted in FOREIGN:
        answer = Client().post("/sign-in", known | {"next": wanted})
        tried(
            request=f"next={wanted}",
            actor="operator",
            expected=(302, True),
            got=(answer.status_code, ours(answer["Location"])),
        )
        answer = Client().post("/language/setlang/", {"language": "en", "next": wanted})
        tried(
            request=f"language, next={wanted}",
            actor="anybody",
            expected=True,
            got=ours(answer.headers.get("Location", "/")),
        )


@pytest.mark.attack("T61")
def test_a_foreign_host_name_is_refused_or_counts_for_nothing(tried: Tried) -> None:
    for host in (
        "evil.test",
        "testserver.evil.test",
        "testserver@evil.test",
        "testserver:80@evil.test",
        "evil.test:80",
    ):
        got = Client().get("/sign-in", HTTP_HOST=host).status_code
        tried(request=f"Host: {host}", actor="anybody", expected=400, got=got)
    told = {"X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test", "X-Original-URL": "/people", "X-Rewrite-URL": "/x",
            "X-Host": "evil.test", "X-Forwarded-Server": "evil.test"}  # fmt: skip
    answer = Client().get("/sign-in", headers=told)
    told_of = (answer.status_code, "evil" in f"{answer.content.decode()}{answer.headers}")
    tried(request=", ".join(told), actor="anybody", expected=(200, False), got=told_of)


@pytest.mark.attack("T58", "T63", "T05")
def test_what_stands_in_a_parameter_is_never_a_query(tried: Tried) -> None:
    worker = a_caseworker()
    with_victim(a_case(worker), worker)
    browser = signed_in(Client(), worker)
    for probe in PROBES:
        for names in (LOOKUPS[::2], LOOKUPS[1::2]):
            got = browser.get("/cases/", dict.fromkeys(names, probe)).status_code
            tried(
                request=f"GET /cases/?{names[0]}={probe[:12]!r}…",
                actor="caseworker",
                expected=True,
                got=got in {200, 400},
            )
    doubled = [browser.get("/cases/?order=oldest&order=danger&danger=high&danger=x").status_code,
               browser.get("/reads?person=x&person=y").status_code]  # fmt: skip
    tried(request="parameters doubled", actor="caseworker", expected=[200, 404], got=doubled)
    assert Case.objects.count() == 1


@pytest.mark.attack("T59")
def test_a_megabyte_of_search_text_and_patterns_are_refused_quickly(tried: Tried) -> None:
    browser = signed_in(Client(), a_caseworker())
    for name, text, expected in (
        ("2 MB", "王" * (2**21 // 3), 400),
        ("just under 1 MB", "a" * (2**20 - 100), 422),
        ("a pattern", "(a+)+$" * 9, 200),
        ("percent signs", "%" * 30, 200),
        ("a thousand fields", "", 400),
    ):
        data = {"text": text} if text else {f"f{number}": "" for number in range(1100)}
        began = time.process_time()
        got = browser.post(reverse("casework:search"), data).status_code
        tried(
            request=f"POST /cases/search/, {name}",
            actor="caseworker",
            expected=(expected, True),
            got=(got, time.process_time() - began < 1),
        )


@pytest.mark.attack("T09")
def test_a_thousand_guessed_ids_end_at_the_hundredth(tried: Tried) -> None:
    worker, codes = a_caseworker(), list[int]()
    case, browser = a_case(worker), signed_in(Client(), worker)
    while len(codes) < 1000 and 429 not in codes:
        kind = ("cases/{}/", "cases/documents/{}/", "exports/{}/", "cases/archives/{}/")[len(codes) % 4]
        codes.append(browser.get(f"/{kind.format(uuid4())}").status_code)
    got = (len(codes), codes[0], codes[-1], browser.get(case.get_absolute_url()).status_code)
    tried(request="GET <random id> ×1000", actor="caseworker", expected=(101, 404, 429, 429), got=got)


@pytest.mark.attack("T25")
def test_a_captured_post_sent_again_after_signing_out_is_nobodys(tried: Tried) -> None:
    worker = a_caseworker()
    case, browser = a_case(worker), signed_in(Client(), worker)
    kept, url = browser.cookies["sessionid"].value, reverse("casework:note_add", args=[case.pk])
    first = browser.post(url, {"kind": NoteKind.values[0], "text": "第一次"}).status_code
    browser.post("/sign-out")
    replay = Client()
    replay.cookies["sessionid"] = kept
    got = (
        first,
        replay.post(url, {"kind": NoteKind.values[0], "text": "第二次"}).status_code,
        Note.objects.count(),
    )
    tried(request="POST a note again", actor="who kept the request", expected=(302, 302, 1), got=got)


@pytest.mark.attack("T21")
def test_a_state_in_an_edit_form_is_not_read(tried: Tried) -> None:
    worker = a_caseworker()
    case, browser = a_case(worker), signed_in(Client(), worker)
    sent = {"state": "closed", "status": "closed", "alias": "x", "forms": ["physical"], "rev": case.rev}
    for verb in ("post", "put", "patch"):
        getattr(browser, verb)(reverse("casework:edit", args=[case.pk]), sent)
        got = Case.objects.get(pk=case.pk).state
        tried(
            request=f"{verb.upper()} /cases/<id>/edit/ state=closed",
            actor="caseworker",
            expected=case.state,
            got=got,
        )
    got = browser.post(f"/moves/case/{case.pk}/close", {"rev": case.rev}).status_code
    tried(request="POST close, too early", actor="caseworker", expected=409, got=got)
