"""Break-glass: one case, three hours, reading alone; told at once, reviewed by another, suspended until then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from agencies import session as sessions
from agencies.actor import Actor
from agencies.models import User
from agencies.need_to_know import Emergency
from casework import services
from casework.models import BreakGlass, Case
from privacy.audit import ReadAudit
from privacy.errors import NotApproved
from privacy.reading import reveal
from tests.casework.cases import NAME, a_case, with_victim
from tests.people import a_caseworker, a_lead, an_operator, another_federation, signed_in
from workflow.engine import NotAllowed, NotVisible, Unmet, perform
from workflow.models import Alert

pytestmark = pytest.mark.django_db
ADDRESS = "/cases/emergency/"


def a_foreign_case() -> tuple[Case, Actor]:
    worker = a_caseworker()
    case = a_case(worker)
    services.assign_case(case, actor=worker, user_id=worker.user_id)
    return case, worker


def opened(case: Case, actor: Actor) -> BreakGlass:
    return services.break_glass(case.reference, actor=actor, why="danger", reason="她正在被追打")


def proved(browser: Client) -> Client:
    """Somebody who has just proved once more who she is."""
    session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    sessions.prove(session, timezone.now())
    session.save()
    return browser


def asks(browser: Client, case: Case, **more: Any) -> Any:
    return browser.post(
        ADDRESS, {"reference": case.reference, "why": "danger", "reason": "她正在被追打"} | more
    )


def past(glass: BreakGlass, hours: float) -> None:
    """As if it had been opened so long ago."""
    at = timezone.now() - timedelta(hours=hours)
    BreakGlass.objects.filter(pk=glass.pk).update(created_at=at, until=at + timedelta(hours=3))
    Emergency.objects.filter(pk=glass.pk).update(until=at + timedelta(hours=3))


@pytest.mark.attack("T18")
def test_without_proof_reason_or_for_a_second_case_or_after_its_time_nothing_opens(tried: Any) -> None:
    (case, _), stranger = a_foreign_case(), an_operator(another_federation())
    other, _ = a_foreign_case()
    browser = signed_in(Client(), stranger)
    old = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    old.pop("proved", None)
    old.save()

    def attempt(request: str, expected: int, got: int) -> None:
        tried(request=request, actor="operator of agency B", expected=expected, got=got)

    attempt("POST /cases/emergency/ without step-up", 401, asks(browser, case).status_code)
    browser = proved(signed_in(Client(), stranger))
    attempt("POST /cases/emergency/ without a reason", 422, asks(browser, case, reason="").status_code)
    assert BreakGlass.objects.count() == 0
    attempt("POST /cases/emergency/", 302, asks(browser, case).status_code)
    attempt("GET /cases/<id of A>/", 200, browser.get(case.get_absolute_url()).status_code)
    attempt("POST /cases/emergency/ for a second case", 409, asks(browser, other).status_code)
    with pytest.raises(Unmet) as second:
        services.break_glass(other.reference, actor=stranger, why="danger", reason="x")
    assert [need.name for need in second.value.needs] == ["none_open"]
    attempt("GET /cases/<second id>/", 404, browser.get(other.get_absolute_url()).status_code)
    past(BreakGlass.objects.get(), 3.1)
    attempt("GET /cases/<id of A>/ after three hours", 404, browser.get(case.get_absolute_url()).status_code)


def test_both_who_answer_for_the_case_are_told_at_once_and_the_page_says_until_when() -> None:
    case, worker = a_foreign_case()
    lead, stranger = a_lead(), a_caseworker(another_federation())
    glass = opened(case, stranger)
    told = [
        Alert.objects.visible_to(actor).filter(deadline__obj_id=glass.pk).count() for actor in (worker, lead)
    ]
    pages = [signed_in(Client(), actor).get("/cases/today/").content.decode() for actor in (worker, lead)]
    own = signed_in(Client(), stranger).get(case.get_absolute_url()).content.decode()
    assert (told, [glass.get_absolute_url() in page for page in pages]) == ([1, 1], [True, True])
    assert 'id="emergency-bar"' in own
    reads = ReadAudit.objects.filter(owner=case.pk, actor_user=stranger.user_id)
    assert "break_glass" in set(reads.values_list("action", flat=True))


def test_it_reads_and_changes_nothing_and_never_opens_who_reported() -> None:
    case, worker = a_foreign_case()
    victim = with_victim(case, worker)
    reporter = services.record_reporter(case, actor=worker, name="邻居")
    stranger = a_caseworker(another_federation())
    glass = opened(case, stranger)
    acting = replace(stranger, emergency=case.pk)
    assert reveal(victim, "name", actor=acting, purpose="emergency")["name"] == NAME
    with pytest.raises(NotApproved):
        reveal(reporter, "name", actor=acting)
    with pytest.raises(PermissionDenied):
        services.add_note(case, actor=acting, text="改动")
    with pytest.raises(NotAllowed):
        perform(case, "monitor", actor=acting) if case.state == "active" else perform(
            case, "inform_rights", actor=acting
        )
    perform(glass, "close", actor=acting, account="已转告110")
    assert Emergency.objects.open().count() == 0


@pytest.mark.attack("T19")
def test_nobody_reviews_her_own_and_without_review_there_is_no_next_one(tried: Any) -> None:
    case, _worker = a_foreign_case()
    chief = a_lead(another_federation())
    glass = opened(case, chief)
    with pytest.raises(NotAllowed) as refused:
        perform(glass, "justify", actor=replace(chief, emergency=case.pk), finding="必要")
    tried(
        request="move justify of her own break_glass",
        actor="leader of B",
        expected="NotAllowed",
        got=refused.typename,
    )
    past(glass, 25)
    with pytest.raises(Unmet) as late:
        opened(a_foreign_case()[0], chief)
    assert [need.name for need in late.value.needs] == ["none_overdue"]
    glass.refresh_from_db()
    perform(glass, "object", actor=a_lead(), finding="不必要")
    opened(a_foreign_case()[0], chief)


def test_a_recused_worker_breaks_no_glass() -> None:
    case, worker = a_foreign_case()
    stranger = a_caseworker(another_federation())
    services.recuse(case, actor=worker, user=User.objects.get(pk=stranger.user_id), why="relative")
    with pytest.raises(NotVisible):
        opened(case, stranger)
    browser = proved(signed_in(Client(), stranger))
    answers = [asks(browser, case), asks(browser, case, reference="HH0000000")]
    assert [answer.status_code for answer in answers] == [422, 422]
