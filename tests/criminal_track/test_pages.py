"""The panel of a criminal matter, its inboxes, its suggestions, and refusals that keep what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actor import Actor
from casework.measures.criminal_track.models import CriminalTrack
from casework.suggestions import suggestions_for
from tests.criminal_track.matters import a_prosecutor, a_track, brought, procuratorate
from tests.people import a_caseworker, a_judge, a_policeman, court, police, signed_in
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def address(track: CriminalTrack, move: str) -> str:
    return reverse("workflow:move", args=["criminal_track", track.pk, move])


def test_it_is_begun_on_the_page_of_the_case_and_stands_there(client: Client) -> None:
    worker = a_caseworker()
    case = a_track(worker).case
    CriminalTrack.objects.filter(case=case).delete()
    page = reverse("casework:open_measure", args=[case.pk, "criminal_track"])
    made = signed_in(client, worker).post(page, {"offences": ["234"], "police_agency": str(police().pk)})
    shown = text(client.get(case.get_absolute_url()))
    assert (made.status_code, "刑事进展" in shown, "故意伤害罪" in shown) == (302, True, True)


def test_a_sentence_that_is_missing_is_asked_for_and_the_rest_is_kept(client: Client) -> None:
    worker = a_caseworker()
    track = brought(a_track(worker), worker, "prosecute")
    page = signed_in(client, worker).post(
        address(track, "convict"), {"account": "当庭宣判", "rev": track.rev}
    )
    track.refresh_from_db()
    assert (page.status_code, "当庭宣判" in text(page), track.state) == (422, True, "prosecuted")


@pytest.mark.parametrize("who", [lambda: a_policeman(police("第一街道派出所")), a_prosecutor, a_judge])
def test_foreigners_are_told_that_there_is_nothing(client: Client, who: Callable[[], Actor]) -> None:
    track = a_track(a_caseworker())
    signed_in(client, who())
    assert [
        client.get(address(track, "file")).status_code,
        client.post(address(track, "file")).status_code,
    ] == [404, 404]


def test_each_body_finds_its_step_in_its_inbox() -> None:
    worker = a_caseworker()
    track = a_track(worker)
    officer, prosecutor, judge = a_policeman(), a_prosecutor(), a_judge()
    found = []
    for takes, move in (
        ({"procuratorate_agency": procuratorate()}, "transfer"),
        ({"court_agency": court()}, "prosecute"),
        ({}, ""),
    ):
        rows = [CriminalTrack.inbox_rows(actor) for actor in (officer, prosecutor, judge)]
        moves = [{open_.move.name for row in inbox for open_ in row.moves} for inbox in rows]
        found.append(
            [
                "file" in moves[0],
                "send_back" in moves[1] or "not_prosecute" in moves[1],
                "convict" in moves[2],
            ]
        )
        if move:
            perform(track, move, actor=worker, **takes)  # type: ignore[arg-type]
    assert found == [[True, False, False], [False, True, False], [False, False, True]]


def test_a_light_injury_that_nobody_filed_is_urgent() -> None:
    worker = a_caseworker()
    track = a_track(worker)
    perform(track, "commission", actor=worker, appraisal="complex")
    perform(track, "certify", actor=worker, grade="light_2")
    before = [hint.law for hint in suggestions_for(track.case, worker) if hint.urgent]
    perform(track, "file", actor=worker)
    assert (before, [hint.law for hint in suggestions_for(track.case, worker) if hint.urgent]) == (["O8"], [])


def test_a_stopped_matter_can_be_looked_into() -> None:
    worker = a_caseworker()
    track = brought(a_track(worker), worker, "decline")
    assert "M6" in [hint.law for hint in suggestions_for(track.case, worker)]
