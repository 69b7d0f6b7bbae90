"""The shelter's screen, its sites, the page of a stay, and where the address never is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.measures.shelter_stay.models import Place, ShelterSite
from casework.measures.shelter_stay.selectors import screen, vacancies
from privacy.audit import ReadAudit
from tests.casework.cases import NAME, with_victim
from tests.people import a_caseworker, a_lead, a_policeman, a_supervisor, civil_affairs, signed_in
from tests.shelter_stay.stays import ADDRESS, CODE, a_place, a_warden, at, inside, requested
from workflow.engine import perform
from workflow.models import OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def move(stay: Any, name: str) -> str:
    return reverse("workflow:move", args=["shelter_stay", stay.pk, name])


def test_one_screen_shows_requests_who_is_in_the_day_and_what_is_free(client: Client) -> None:
    warden = a_warden()
    asked = requested(urgent=True)
    stay = inside(warden, place=a_place(warden))
    page = text(signed_in(client, warden).get(reverse("shelter_stay:screen")))
    wanted = (asked.case.reference, stay.case.reference, "第 0 天（一般 10 天）", "现在就需要", "已满")
    assert [word in page for word in wanted] == [True] * 5


def test_a_stay_over_its_days_asks_for_a_filing(client: Client) -> None:
    warden = a_warden()
    inside(warden, came="2026-03-02 22:15")
    page = text(signed_in(client, warden).get(reverse("shelter_stay:screen")))
    assert "请办延长备案" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_screen_costs_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    warden = a_warden()
    for _row in range(rows):
        requested()
        inside(warden)
    with django_assert_num_queries(3):
        found = screen(warden)
        assert [len(found.asked), len(found.inside)] == [rows, rows]


def test_an_empty_house_says_where_to_begin(client: Client) -> None:
    page = text(signed_in(client, a_warden()).get(reverse("shelter_stay:screen")))
    assert ("还没有登记床位" in page, "没有人在等床位" in page) == (True, True)


def test_the_inbox_of_the_shelter_has_the_request_and_its_buttons(client: Client) -> None:
    warden = a_warden()
    stay = requested(urgent=True)
    page = text(signed_in(client, warden).get(reverse("casework:inbox")))
    assert (move(stay, "admit") in page, reverse("shelter_stay:screen") in page) == (True, True)


def test_free_places_are_counted_live() -> None:
    warden = a_warden()
    place = a_place(warden)
    before = vacancies([warden.agency_id])
    stay = inside(warden, place=place)
    during = vacancies([warden.agency_id])
    perform(stay, "leave", actor=warden, exit_mode="self", reason="回家")
    after = vacancies([warden.agency_id])
    assert [(row.free, row.total) for rows in (before, during, after) for row in rows] == [
        (1, 1),
        (0, 1),
        (1, 1),
    ]


def test_the_federation_sees_how_many_are_free_and_never_where(client: Client) -> None:
    a_place()
    stay = requested()
    page = text(signed_in(client, a_caseworker()).get(stay.case.get_absolute_url()))
    assert ("女性床位 1/1" in page, CODE in page, ADDRESS in page) == (True, False, False)


def test_an_address_is_opened_one_at_a_time_and_written_down(client: Client) -> None:
    warden = a_warden()
    site = a_place(warden).site
    signed_in(client, warden)
    closed = text(client.get(reverse("shelter_stay:sites")))
    opened = text(client.post(reverse("shelter_stay:site_address", args=[site.pk])))
    read = ReadAudit.objects.get(table="shelter_stay_sheltersite")
    assert (ADDRESS in closed, ADDRESS in opened, read.fields, read.object_ids) == (
        False,
        True,
        ["address"],
        [site.pk],
    )


def test_the_address_stands_nowhere_else(client: Client) -> None:
    """Not on the page of the case, the stay, the list, the steps, the messages, the statistics of a step, or the history."""
    warden, lead = a_warden(), a_lead()
    stay = inside(warden, place=a_place(warden))
    signed_in(client, lead)
    pages = [
        text(client.get(address))
        for address in (
            stay.case.get_absolute_url(),
            stay.get_absolute_url(),
            reverse("casework:list"),
            reverse("casework:due"),
        )
    ]
    pages.append(text(client.post(reverse("shelter_stay:show", args=[stay.pk]))))
    pages.append(text(client.post(reverse("casework:search"), {"text": ADDRESS[:4]})))
    rows = [str(row) for model in (StepRecord, OutboxMessage) for row in model.objects.values()]
    rows += [str(row) for row in ShelterSite.history.values()]
    kept = " ".join([*pages, *rows]).replace(f'value="{ADDRESS[:4]}"', "")
    assert (ADDRESS in kept, ADDRESS[:4] in kept, CODE in " ".join(pages)) == (False, False, False)


@pytest.mark.parametrize("who", [a_caseworker, a_lead, a_policeman, a_supervisor])
def test_the_shelters_own_pages_are_absent_for_everybody_else(client: Client, who: Any) -> None:
    site = a_place().site
    signed_in(client, who())
    codes = [client.get(reverse(f"shelter_stay:{name}")).status_code for name in ("screen", "sites")]
    codes.append(client.post(reverse("shelter_stay:site_address", args=[site.pk])).status_code)
    assert set(codes) == {404}


def test_another_shelter_does_not_open_the_address(client: Client) -> None:
    site = a_place().site
    signed_in(client, a_warden(civil_affairs("满洲里市民政局")))
    answers = [
        client.post(reverse("shelter_stay:site_address", args=[site.pk])),
        client.post(
            reverse("shelter_stay:place_add", args=[site.pk]), {"number": "9", "kind": "woman", "capacity": 1}
        ),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_shelter_learns_who_she_is_when_it_opens_the_card(client: Client) -> None:
    warden, worker = a_warden(), a_caseworker()
    stay = requested(worker, request="电话暗号快递")
    with_victim(stay.case, worker)
    signed_in(client, warden)
    closed, opened = (
        client.get(stay.get_absolute_url()),
        client.post(reverse("shelter_stay:show", args=[stay.pk])),
    )
    assert (NAME in text(closed), NAME in text(opened), "电话暗号快递" in text(opened)) == (False, True, True)


def test_the_shelter_must_choose_a_place_and_only_free_ones_are_offered(client: Client) -> None:
    warden = a_warden()
    place = a_place(warden)
    inside(warden, place=place)
    stay = requested()
    signed_in(client, warden)
    answer = client.post(move(stay, "admit"), {"children_count": "0", "belongings": "一个包"})
    page = text(answer)
    assert (answer.status_code, str(place.pk) in page, "一个包" in page) == (422, False, True)


def test_an_entry_of_the_registers_is_shown_to_the_shelter_only(client: Client) -> None:
    warden, worker = a_warden(), a_caseworker()
    stay = inside(warden)
    perform(stay, "write_down", actor=warden, at=at("2026-03-02 10:00"), entry="visitor", note="妹妹来访")
    show = reverse("shelter_stay:show", args=[stay.pk])
    own = text(signed_in(client, warden).post(show))
    other = text(signed_in(Client(), worker).post(show))
    assert ("妹妹来访" in own, "妹妹来访" in other, "<h2>台账" in other) == (True, False, False)


@pytest.mark.parametrize(
    "typed",
    [
        {"code": "木兰", "address": "", "norm_days": "10"},
        {"code": "金丝雀", "address": ADDRESS, "norm_days": "10"},
        {"code": "木兰", "address": ADDRESS, "norm_days": "0"},
        {"code": "木兰木兰木兰木兰木兰木兰木兰", "address": ADDRESS, "norm_days": "10"},
        {"code": "木\u202e兰", "address": ADDRESS, "norm_days": "10"},
        {"code": "木兰", "address": "甲" * 10_000, "norm_days": "10"},
        {"code": "木兰\x00", "address": ADDRESS, "norm_days": "10"},
    ],
)
def test_a_site_that_cannot_be_is_refused_and_kept(client: Client, typed: dict[str, str]) -> None:
    answer = signed_in(client, a_warden()).post(reverse("shelter_stay:sites"), typed)
    assert (answer.status_code, ShelterSite.objects.count()) == (422, 0)


def test_a_site_and_a_place_are_entered(client: Client) -> None:
    signed_in(client, a_warden())
    client.post(
        reverse("shelter_stay:sites"), {"code": CODE, "address": ADDRESS, "norm_days": "10", "apart": "on"}
    )
    site = ShelterSite.objects.get()
    add = reverse("shelter_stay:place_add", args=[site.pk])
    typed = {"number": "101", "kind": "woman", "capacity": "1"}
    codes = [client.post(add, typed).status_code, client.post(add, typed).status_code]
    assert (codes, Place.objects.count()) == ([302, 422], 1)


def test_an_adult_is_not_offered_the_way_of_a_minor(client: Client) -> None:
    worker = a_caseworker()
    signed_in(client, worker)
    adult, minor = requested(worker), requested(worker, subject="minor")
    pages = [text(client.get(stay.get_absolute_url())) for stay in (adult, minor)]
    offered = [
        (move(stay, "take_into_care") in page, move(stay, "admit") in page)
        for stay, page in zip((adult, minor), pages, strict=True)
    ]
    assert offered == [(False, True), (True, False)]


def test_a_place_is_not_taken_from_under_somebody(client: Client) -> None:
    warden = a_warden()
    place = a_place(warden)
    inside(warden, place=place)
    signed_in(client, warden).post(reverse("shelter_stay:place_use", args=[place.pk]), {"in_use": "no"})
    place.refresh_from_db()
    assert place.in_use


def test_the_bar_leads_the_shelter_to_its_screen(client: Client) -> None:
    warden = text(signed_in(client, a_warden()).get(reverse("casework:inbox")))
    officer = text(signed_in(Client(), a_policeman()).get(reverse("casework:inbox")))
    assert (f'href="{reverse("shelter_stay:screen")}"' in warden, "shelter" in officer) == (True, False)
