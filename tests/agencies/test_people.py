"""The administrator's work, and what even an administrator may not do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from agencies import services
from agencies.actor import SYSTEM_USER_ID
from agencies.guards import STAFF
from agencies.kinds import AgencyKind, Role, roles_in
from agencies.models import Agency, User
from tests import people
from tests.agencies.door import is_inside, post, sign_in

pytestmark = pytest.mark.django_db
PAGES = ["/people", "/people/new", "/agencies", "/agencies/new"]
ELSEWHERE = {
    Role.OPERATOR: people.an_operator,
    Role.CASEWORKER: people.a_caseworker,
    Role.LEAD: people.a_lead,
    Role.LIAISON: people.a_policeman,
    Role.SUPERVISOR: people.a_supervisor,
    Role.AUDITOR: people.an_auditor,
}


def administrator() -> Client:
    return people.signed_in(Client(), people.an_administrator())


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_the_administrators_pages(page: str) -> None:
    found = {
        role: people.signed_in(Client(), make()).get(page).status_code for role, make in ELSEWHERE.items()
    }
    assert found == dict.fromkeys(ELSEWHERE, 404)


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_finds_them(page: str) -> None:
    assert administrator().get(page).status_code == 200


def test_a_stranger_is_led_to_the_door_and_back() -> None:
    assert Client().get("/people").url == "/sign-in?next=%2Fpeople"  # type: ignore[attr-defined]


def test_the_people_page_asks_as_much_for_many_as_for_few(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    browser = administrator()
    for n in (1, 3):
        for _ in range(n):
            people.an_operator()
        with django_assert_num_queries(7):
            browser.get("/people")


def test_a_newcomer_gets_a_password_once_a_posting_and_must_choose_her_own() -> None:
    browser, newcomer = administrator(), Client()
    page = browser.post("/people/new", {"username": "Ｗangfang", "display_name": "王芳"})
    password = page.context["password"]
    user = User.objects.get(username="wangfang")
    agency = people.federation()
    browser.post(f"/people/{user.pk}", {"agency": str(agency.pk), "role": "operator"})
    signed_in = sign_in(newcomer, "wangfang", password).status_code
    first = newcomer.get("/").url  # type: ignore[attr-defined]
    new = "Birch-lake-2046"
    newcomer.post("/password", {"old": password, "new": new, "again": new})
    user.refresh_from_db()
    assert (signed_in, first, user.must_change_password) == (302, "/password", False)


def test_the_password_told_once_is_stored_nowhere() -> None:
    browser = administrator()
    password = browser.post("/people/new", {"username": "w", "display_name": "王芳"}).context["password"]
    user = User.objects.get(username="w")
    again = browser.get(f"/people/{user.pk}").content.decode()
    assert (password in again, hasattr(user.history.get(), "password")) == (False, False)


@pytest.mark.parametrize("name", ["system", "SYSTEM", "taken", "Ｔaken", "   "])
def test_a_username_is_used_once(name: str) -> None:
    people.a_user("taken")
    answer = administrator().post("/people/new", {"username": name, "display_name": "王芳"})
    assert answer.status_code == 422


def test_a_role_is_given_only_where_it_is_held() -> None:
    user, agency = people.a_user(), people.police()
    answer = administrator().post(f"/people/{user.pk}", {"agency": str(agency.pk), "role": "operator"})
    assert (answer.status_code, user.postings.count()) == (422, 0)


def test_each_kind_of_agency_has_its_own_roles() -> None:
    liaisons_only = [kind for kind in AgencyKind if roles_in(kind) == (Role.LIAISON,)]
    assert (len(liaisons_only), Role.LIAISON in roles_in(AgencyKind.FEDERATION)) == (10, False)


def test_nobody_is_posted_as_the_system() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        people.a_posting(Role.SYSTEM, people.federation())


def test_the_same_posting_is_not_given_twice() -> None:
    boss, operator = people.an_administrator(), people.an_operator()
    user, agency = User.objects.get(pk=operator.user_id), people.federation()
    with pytest.raises(ValidationError):
        services.give_posting(actor=boss, user=user, agency=agency, role=Role.OPERATOR)


def test_an_administrator_does_not_give_herself_a_role() -> None:
    boss = people.an_administrator()
    user = User.objects.get(pk=boss.user_id)
    with pytest.raises(PermissionDenied):
        services.give_posting(actor=boss, user=user, agency=people.federation(), role=Role.CASEWORKER)


@pytest.mark.parametrize("make", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_only_administrators_make_accounts(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PermissionDenied):
        services.create_user(actor=make(), username="w", display_name="王芳")


def test_the_system_account_is_not_on_any_page() -> None:
    browser = administrator()
    pages = [browser.get(f"/people/{SYSTEM_USER_ID}"), browser.post(f"/people/{SYSTEM_USER_ID}/reset")]
    assert [page.status_code for page in pages] == [404, 404]


def test_a_posting_that_has_ended_keeps_its_place_in_the_record() -> None:
    boss, operator = people.an_administrator(), people.an_operator()
    posting = people.posting_of(operator)
    now = timezone.now()
    services.end_posting(actor=boss, posting=posting, now=now)
    posting.refresh_from_db()
    last = posting.history.first()
    assert (posting.ends, last.ends, last.history_user_id) == (now, now, boss.user_id)


def test_the_end_of_a_posting_is_one_click() -> None:
    operator, browser = people.an_operator(), administrator()
    inside = people.signed_in(Client(), operator)
    answer = browser.post(f"/postings/{operator.posting_id}/end")
    assert (answer.status_code, is_inside(inside)) == (302, False)


def test_an_agency_is_added_and_changed() -> None:
    browser, area = administrator(), people.district()
    form = {"kind": "police", "name": "新派出所", "short_name": "新所", "area": area.pk, "is_active": "on"}
    browser.post("/agencies/new", form)
    agency = Agency.objects.get(name="新派出所")
    up = people.police("区公安分局")
    browser.post(f"/agencies/{agency.pk}", {**form, "escalates_to": str(up.pk)})
    agency.refresh_from_db()
    assert (agency.escalates_to, agency.history.count()) == (up, 2)


def test_no_agency_is_its_own_superior() -> None:
    low, high = people.federation(), people.superior_federation()
    high.escalates_to = low
    with pytest.raises(ValidationError):
        services.save_agency(actor=people.an_administrator(), agency=high)


def test_everybody_has_a_first_page() -> None:
    makers = {**ELSEWHERE, Role.ADMINISTRATOR: people.an_administrator}
    assert set(makers) == set(STAFF)


def test_a_page_is_no_case_page_for_the_administrator() -> None:
    browser = administrator()
    assert browser.get("/").url == "/people"  # type: ignore[attr-defined]


def test_forms_from_elsewhere_are_refused() -> None:
    strict = people.signed_in(Client(enforce_csrf_checks=True), people.an_administrator())
    user = people.a_user()
    answers = [strict.post(f"/people/{user.pk}/reset"), post(strict, f"/people/{user.pk}/reset")]
    assert [answer.status_code for answer in answers] == [403, 200]
