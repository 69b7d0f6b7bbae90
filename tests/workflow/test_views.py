"""The one view: pages, fragments and JSON, with the same status codes."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from agencies.actor import Actor
from tests.attacks.record import Tried
from tests.people import (
    a_caseworker,
    a_lead,
    a_supervisor,
    another_federation,
    signed_in,
)
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from tests.workflow.sample.models import Errand
from tests.workflow.sample.table import FLOW, S
from workflow.engine import perform
from workflow.models import StepRecord

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.workflow.sample.site")]
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


def url(errand: Errand, move: str) -> str:
    return reverse("workflow:move", args=["errand", errand.pk, move])


def sent(client: Client, errand: Errand, move: str, headers: Any = None, **data: Any) -> Any:
    return client.post(url(errand, move), data, headers=headers)


def hers(client: Client, actor: Actor | None = None) -> Client:
    return signed_in(client, actor or a_caseworker())


def test_the_form_is_a_page(client: Client) -> None:
    page = hers(client).get(url(an_errand(), "take")).content.decode()
    assert all(part in page for part in ('name="number"', 'name="happened_day"', 'name="rev"', 'name="key"'))


def test_a_button_says_which_clock_it_starts(client: Client) -> None:
    with translation.override("en"):
        page = hers(client).get(url(an_errand(), "take"), headers={"Accept-Language": "en"}).content.decode()
    told = re.findall(r"<span>Starts clocks: ([^<]*)</span>", page)
    assert [["(if it applies)" in clock for clock in line.split(", ")] for line in told] == [[False, True]]


def test_a_move_returns_to_the_object(client: Client) -> None:
    errand = an_errand()
    answer = sent(hers(client), errand, "take", number="5")
    errand.refresh_from_db()
    assert (answer.status_code, answer["Location"], errand.state, errand.number) == (
        303,
        errand.get_absolute_url(),
        "taken",
        "5",
    )


def test_to_htmx_a_move_returns_the_panel(client: Client) -> None:
    errand = an_errand()
    answer = sent(hers(client), errand, "take", HTMX)
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (
        200,
        f"#errand-{errand.pk}",
        "outerHTML",
    )
    assert url(errand, "finish") in answer.content.decode()


def test_a_double_click_is_harmless(client: Client) -> None:
    errand = an_errand()
    data, worker = {"rev": str(errand.rev), "key": "one-key"}, hers(client)
    answers = [sent(worker, errand, "take", **data).status_code for _ in range(2)]
    assert (answers, StepRecord.objects.filter(obj_id=errand.pk, move="take").count()) == ([303, 303], 1)


def test_a_foreign_object_and_an_absent_one_look_the_same(client: Client) -> None:
    errand = an_errand()
    stranger = hers(client, a_caseworker(another_federation()))
    foreign, absent = (
        stranger.post(reverse("workflow:move", args=["errand", pk, "take"])) for pk in (errand.pk, uuid4())
    )
    plain = [
        re.sub(rb'(csrf|nonce|request-id)[^<]*|name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)
        for answer in (foreign, absent)
    ]
    assert (foreign.status_code, absent.status_code, plain[0]) == (404, 404, plain[1])


@pytest.mark.parametrize(("flow", "move"), [("errand", "ask"), ("errand", "nothing"), ("nothing", "take")])
def test_what_is_no_move_is_not_found(client: Client, flow: str, move: str) -> None:
    answer = hers(client).post(reverse("workflow:move", args=[flow, an_errand().pk, move]))
    assert answer.status_code == 404


def test_a_supervisor_finds_nothing(client: Client) -> None:
    errand = an_errand()
    answer = hers(client, a_supervisor(another_federation())).get(url(errand, "take"))
    assert answer.status_code == 404


def test_somebody_elses_move_is_forbidden(client: Client) -> None:
    errand = force_state(an_errand(), S.DROPPED)
    worker = hers(client)
    assert [worker.get(url(errand, "reopen")).status_code, sent(worker, errand, "reopen").status_code] == [
        403,
        403,
    ]


@pytest.mark.attack("T21")
def test_too_late_names_the_state_and_what_is_open(client: Client, tried: Tried) -> None:
    errand, worker = an_errand(), a_caseworker()
    perform(errand, "take", actor=worker)
    answer = sent(hers(client, worker), errand, "take", number="8")
    page = answer.content.decode()
    got = (answer.status_code, "Taken" in page, url(errand, "finish") in page, "8" in page)
    tried(request="POST take, already taken", actor="caseworker", expected=(409, True, True, True), got=got)
    finish = page.split(f'href="{url(errand, "finish")}"')[1].split("</li>")[0]
    assert str(next(need for need in FLOW.move("finish").needs).why) in finish


@pytest.mark.attack("T24")
def test_a_stale_edit_keeps_what_was_typed_and_shows_nothing_of_the_other(
    client: Client, tried: Tried
) -> None:
    errand, worker = force_state(an_errand(), S.TAKEN), a_caseworker()
    seen = errand.rev
    perform(errand, "visit", actor=a_caseworker(), account="her colleague's words")
    answer = sent(hers(client, worker), errand, "visit", account="long story", rev=str(seen), key="k")
    page = answer.content.decode()
    errand.refresh_from_db()
    told = ("long story" in page, f'name="rev" value="{errand.rev}"' in page, "colleague" in page)
    tried(
        request="POST visit with an old rev",
        actor="caseworker",
        expected=(409, (True, True, False)),
        got=(answer.status_code, told),
    )


def test_an_unmet_need_is_said_with_its_reason_and_text_is_kept(client: Client) -> None:
    errand = force_state(an_errand(), S.TAKEN)
    answer = sent(hers(client), errand, "finish", number="1", account="long story", paid="True")
    page = answer.content.decode()
    assert (answer.status_code, "Say how heavy it is." in page, "long story" in page) == (409, True, True)


def test_a_wrong_shape_is_said_in_a_summary_and_text_is_kept(client: Client) -> None:
    errand = force_state(an_errand(), S.TAKEN)
    answer = sent(hers(client), errand, "finish", account="long story", weight="much")
    page = answer.content.decode()
    assert (answer.status_code, "error-summary" in page, "long story" in page) == (422, True, True)


def test_to_htmx_a_refusal_goes_into_the_slot(client: Client) -> None:
    errand = force_state(an_errand(), S.TAKEN)
    answer = sent(hers(client), errand, "finish", HTMX)
    assert (answer.status_code, answer["HX-Retarget"], b"<!doctype" in answer.content) == (
        422,
        f"#move-{errand.pk}",
        False,
    )


def body(answer: Any) -> Any:
    found = json.loads(answer.content)
    moves = [move["move"] for move in found.get("open_moves", [])]
    return answer.status_code, found["state"], moves, [need["need"] for need in found["unmet"]]


def test_json_tells_the_state_and_the_open_moves(client: Client) -> None:
    errand = an_errand()
    answer = client_json(hers(client), errand, "take", {"number": "5"})
    assert body(answer) == (200, "taken", ["visit", "finish", "drop"], [])


def client_json(client: Client, errand: Errand, move: str, data: dict[str, Any]) -> Any:
    return client.post(url(errand, move), json.dumps(data), content_type="application/json", headers=JSON)


def test_json_has_the_same_refusals(client: Client) -> None:
    errand, worker = an_errand(), hers(client)
    late = client_json(worker, errand, "finish", {})
    force_state(errand, S.TAKEN)
    wrong = client_json(worker, errand, "finish", {"paid": True})
    unmet = client_json(worker, errand, "finish", {"number": "1", "account": "x", "paid": True})
    open_now = ["visit", "finish", "drop"]
    assert [body(late), body(wrong), body(unmet)] == [
        (409, "asked", ["take", "drop"], []),
        (422, "taken", open_now, []),
        (409, "taken", open_now, ["weighed"]),
    ]
    assert set(json.loads(wrong.content)["errors"]) == {"number", "account"}


def test_json_says_when_it_is_not_yours(client: Client) -> None:
    errand = force_state(an_errand(), S.DROPPED)
    assert body(client_json(hers(client), errand, "reopen", {})) == (403, "dropped", [], [])


def test_the_panel_shows_moves_clocks_and_steps(client: Client) -> None:
    errand, boss = an_errand(), a_lead()
    perform(errand, "take", actor=boss)
    page = hers(client, boss).get(errand.get_absolute_url()).content.decode()
    shown = [part in page for part in ("Take on", 'class="clock', 'aria-current="step"', "timeline")]
    assert shown == [True] * 4


def test_the_panel_costs_the_same_for_a_long_life(client: Client, django_assert_max_num_queries: Any) -> None:
    errand, boss = force_state(an_errand(), S.TAKEN), a_lead()
    for _ in range(5):
        perform(errand, "visit", actor=boss)
    worker = hers(client, boss)
    with django_assert_max_num_queries(12):
        worker.get(errand.get_absolute_url())


def test_nobody_signed_in_is_sent_to_the_door(client: Client) -> None:
    assert client.post(url(an_errand(), "take")).status_code == 302
