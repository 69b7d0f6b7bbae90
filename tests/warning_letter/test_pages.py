"""The pages of a letter: the panel, the form that keeps what was typed, the station's inbox, who reaches it, what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actor import Actor
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.suggestions import suggestions_for
from privacy.audit import Purpose, ReadAudit
from tests.casework.cases import NAME, PHONE
from tests.people import (
    a_caseworker,
    a_committee_worker,
    a_judge,
    a_policeman,
    a_supervisor,
    an_administrator,
    an_auditor,
    another_federation,
    police,
    signed_in,
)
from tests.protection_orders.orders import a_full_case
from tests.warning_letter.letters import letter_in, with_plan
from workflow.engine import perform
from workflow.when import When

pytestmark = pytest.mark.django_db
HIM = "赵某强"


def text(response: Any) -> str:
    return str(response.content.decode())


def move_url(letter: WarningLetter, move: str) -> str:
    return reverse("workflow:move", args=["warning_letter", letter.pk, move])


def show(client: Client, actor: Actor, letter: WarningLetter, part: str) -> str:
    return text(
        signed_in(client, actor).post(reverse("warning_letter:show", args=[letter.pk]), {"part": part})
    )


def inbox(client: Client, actor: Actor) -> str:
    return text(signed_in(client, actor).get(reverse("casework:inbox")))


@pytest.mark.parametrize("state", ["drafted", "requested", "accepted", "issued", "service_asked", "served"])
def test_the_panel_stands_on_the_page_of_the_case(client: Client, state: str) -> None:
    worker = a_caseworker()
    letter = letter_in(state, worker)
    page = text(signed_in(client, worker).get(letter.case.get_absolute_url()))
    assert (letter.panel_id in page, str(letter.state_label) in page) == (True, True)


def test_a_letter_is_begun_from_the_case(client: Client) -> None:
    worker = a_caseworker()
    case = a_full_case(worker)
    address = reverse("casework:open_measure", args=[case.pk, "warning_letter"])
    answer = signed_in(client, worker).post(address, {"letter_type": "harassment", "origin": "federation"})
    letter = WarningLetter.objects.get(case=case)
    assert (answer["Location"], letter.letter_type) == (letter.get_absolute_url(), "harassment")


def test_a_refusal_keeps_what_was_typed_and_says_what_is_missing(client: Client) -> None:
    worker = a_caseworker()
    first = letter_in("served", worker)
    second = letter_in("accepted", worker, case=first.case)
    typed = {"letter_number": "扎公告字〔2026〕7号", "rev": second.rev}
    page = signed_in(client, a_policeman()).post(move_url(second, "issue"), typed)
    assert (page.status_code, typed["letter_number"] in text(page), "不得以告诫代替处罚" in text(page)) == (
        409, True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("move", "typed", "kept"),
    [
        ("request", {"account": "孩子在场"}, "孩子在场"),  # no station, no ground
        ("request", {"police_agency": "abc", "grounds": ["moon"], "account": "夜里报警"}, "夜里报警"),
        ("request", {"account": "字" * 6000}, "字" * 100),
        ("drop", {"reason": " "}, "理由"),
    ],
)
def test_a_wrong_shape_is_said_at_the_field(
    client: Client, move: str, typed: dict[str, Any], kept: str
) -> None:
    worker = a_caseworker()
    letter = letter_in("drafted", worker)
    page = signed_in(client, worker).post(move_url(letter, move), typed | {"rev": letter.rev})
    letter.refresh_from_db()
    assert (page.status_code, kept in text(page), "field-error" in text(page), letter.state) == (
        422, True, True, "drafted",
    )  # fmt: skip


def test_a_step_in_the_future_is_refused(client: Client) -> None:
    letter = letter_in("requested", a_caseworker())
    soon = timezone.localdate() + timedelta(days=1)
    page = signed_in(client, a_policeman()).post(
        move_url(letter, "accept"), {"happened_day": soon.isoformat(), "case_number": "2026-9", "rev": letter.rev}
    )  # fmt: skip
    assert (page.status_code, "2026-9" in text(page)) == (422, True)


def test_a_double_click_issues_once(client: Client) -> None:
    letter = letter_in("accepted", a_caseworker())
    signed_in(client, a_policeman())
    data = {"rev": letter.rev, "key": "one-click"}
    codes = [client.post(move_url(letter, "issue"), data).status_code for _click in range(2)]
    assert codes == [303, 303]


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("requested", ["accept", "issue", "refuse"]),
        ("accepted", ["issue", "criticise", "penalise", "prosecute", "refuse"]),
        ("issued", ["note_notice", "serve"]),
        ("service_asked", ["note_notice", "serve"]),
        ("served", ["visit_clean", "visit_relapse"]),
    ],
)
def test_the_station_sees_what_it_owes(state: str, moves: list[str]) -> None:
    letter_in(state, a_caseworker())
    rows = WarningLetter.inbox_rows(a_policeman())
    assert [found.move.name for row in rows for found in row.moves] == moves


def test_a_draft_is_nobodys_business_but_ours() -> None:
    letter_in("drafted", a_caseworker())
    assert WarningLetter.inbox_rows(a_policeman()) == []


def test_the_visits_that_are_complete_are_ended() -> None:
    officer = a_policeman()
    letter = letter_in("served", a_caseworker(), draft={"letter_type": "harassment"})
    perform(letter, "note_notice", actor=officer)
    rows = WarningLetter.inbox_rows(officer)
    assert [found.move.name for row in rows for found in row.moves] == ["end"]


def test_a_field_and_a_button_stand_in_the_row(client: Client) -> None:
    letter = letter_in("requested", a_caseworker())
    page = inbox(client, a_policeman())
    field, button = (
        f'id="{letter.pk}-accept-case_number"' in page,
        f'action="{move_url(letter, "accept")}"' in page,
    )
    assert (field, button) == (True, True)


def test_the_oldest_duty_stands_first(client: Client) -> None:
    worker = a_caseworker()
    late = letter_in(
        "accepted", worker, times={"accepted": "2026-03-02 18:00", "requested": "2026-03-02 17:00"}
    )
    early = letter_in("accepted", worker)
    page = inbox(client, a_policeman())
    assert page.index(early.panel_id) < page.index(late.panel_id)


def test_the_inbox_and_the_closed_page_name_nobody(client: Client) -> None:
    officer = a_policeman()
    letter = letter_in("requested", a_caseworker())
    pages = inbox(client, officer) + text(client.get(letter.get_absolute_url()))
    assert [word for word in (NAME, PHONE, HIM, "喝酒后动手") if word in pages] == []


def test_the_station_opens_names_and_it_is_written_down(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("requested", worker)
    he = letter.case.persons.get(role="respondent")
    services.update_person(he, actor=worker, rev=he.rev, name=HIM, phone="13911112222", id_number="")
    page = show(client, officer, letter, "people")
    audit = ReadAudit.objects.filter(
        owner=letter.case_id, actor_user=officer.user_id, purpose=Purpose.LIAISON
    )
    assert (NAME in page, HIM in page, "13911112222" in page, PHONE in page, audit.exists()) == (
        True, True, True, False, True,
    )  # fmt: skip


def test_her_address_and_the_reporter_are_on_no_page_of_the_station(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("requested", worker)
    she = letter.case.persons.get(role="victim")
    services.update_person(
        she, actor=worker, rev=she.rev, name=NAME, phone=PHONE, id_number="", address="河畔小区三号楼", work="扎区二中",
    )  # fmt: skip
    services.record_reporter(letter.case, actor=worker, name="王邻居", phone="13700001111")
    pages = "".join(show(client, officer, letter, part) for part in ("people", "texts"))
    assert [word for word in ("河畔小区", "扎区二中", "王邻居", "13700001111") if word in pages] == []


def test_the_station_reads_what_was_written_for_it_and_nothing_else(client: Client) -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("issued", worker)
    perform(letter, "record_education", actor=worker, account="他承认动手")
    station, office = (show(client, who, letter, "texts") for who in (officer, worker))
    assert [[word in page for word in ("喝酒后动手", "他承认动手")] for page in (station, office)] == [
        [True, False],
        [True, True],
    ]


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: a_policeman(police("扎区西山派出所")), a_judge, a_committee_worker, a_supervisor, an_auditor, an_administrator,
        lambda: a_caseworker(another_federation()),
    ],
)  # fmt: skip
def test_for_strangers_there_is_nothing_here(client: Client, stranger: Callable[[], Actor]) -> None:
    letter = letter_in("served", a_caseworker())
    signed_in(client, stranger())
    answers = {
        client.get(letter.get_absolute_url()).status_code,
        client.post(reverse("warning_letter:show", args=[letter.pk]), {"part": "people"}).status_code,
        client.get(move_url(letter, "visit_clean")).status_code,
        client.post(move_url(letter, "visit_clean"), {}).status_code,
    }
    assert answers == {404}


def test_only_names_and_texts_can_be_opened(client: Client) -> None:
    letter = letter_in("served", a_caseworker())
    answer = signed_in(client, a_policeman()).post(
        reverse("warning_letter:show", args=[letter.pk]), {"part": "all"}
    )
    assert answer.status_code == 404


def test_what_is_over_leaves_the_stations_sight_after_a_while(client: Client) -> None:
    officer = a_policeman()
    letter = letter_in("accepted", a_caseworker())
    perform(letter, "refuse", actor=officer, reason="证据不足")
    signed_in(client, officer)
    before = client.get(letter.get_absolute_url()).status_code
    WarningLetter.objects.filter(pk=letter.pk).update(ended_on=timezone.localdate() - timedelta(days=91))
    assert (before, client.get(letter.get_absolute_url()).status_code) == (200, 404)


def test_a_standing_letter_without_a_safety_plan_is_called_to_mind() -> None:
    worker = a_caseworker()
    letter = letter_in("issued", worker, case=a_full_case(worker))
    before = [hint.law for hint in suggestions_for(letter.case, worker) if "/safety/" in hint.url]
    with_plan(letter.case, worker)
    assert (before, [h for h in suggestions_for(letter.case, worker) if "/safety/" in h.url]) == (["F03"], [])


def test_her_wish_for_a_letter_is_called_to_mind_until_one_is_begun() -> None:
    worker = a_caseworker()
    case = a_full_case(worker, wishes=["letter"])
    before = [hint.law for hint in suggestions_for(case, worker) if "warning_letter" in hint.url]
    letter_in("drafted", worker, case=case)
    assert (before, [h for h in suggestions_for(case, worker) if "warning_letter" in h.url]) == (["W03"], [])


def test_a_relapse_is_urgent_on_the_page_of_the_case() -> None:
    worker = a_caseworker()
    letter = letter_in("served", worker)
    perform(letter, "report_relapse", actor=worker, account="再犯")
    assert ("W18", True) in [(hint.law, hint.urgent) for hint in suggestions_for(letter.case, worker)]


@pytest.mark.parametrize("state", ["requested", "accepted", "issued"])
def test_an_inbox_costs_the_same_for_one_letter_and_for_four(
    state: str, django_assert_max_num_queries: Any
) -> None:
    worker, officer = a_caseworker(), a_policeman()
    counts = []
    for more in (1, 3):
        for _letter in range(more):
            letter_in(state, worker)
        with django_assert_max_num_queries(10) as captured:
            WarningLetter.inbox_rows(officer)
        counts.append(len(captured))
    assert counts == [counts[0], counts[0]]


def test_a_second_alarm_within_six_months_asks_for_a_letter_and_then_for_a_penalty() -> None:
    worker, now = a_caseworker(), timezone.now()

    def alarms() -> list[str]:
        return [hint.law for hint in suggestions_for(case, worker) if "2 次" in str(hint.text)]

    case = a_full_case(worker)
    services.write_safety_plan(case, actor=worker, steps=["police"], text="方案")
    found = []
    for days in (400, 150, 3):
        day = When.instant(now - timedelta(days=days))
        services.record_incident(case, actor=worker, forms=["physical"], police_called=True, when=day)
        found.append(alarms())
    letter_in("served", worker, case=case)
    assert (found, alarms()) == ([[], [], ["F03 W03"]], ["W18"])


def test_a_served_letter_nobody_visited_in_seven_days_is_asked_after() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("served", worker)
    before = [hint.law for hint in suggestions_for(letter.case, worker) if hint.law == "W11"]
    perform(letter, "visit_clean", actor=officer, found_by="police", account="未发现再犯")
    assert (before, [hint for hint in suggestions_for(letter.case, worker) if hint.law == "W11"]) == (
        ["W11"],
        [],
    )
