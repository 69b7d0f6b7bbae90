"""Who reaches what by an address, a verb, a parameter, a move or a message that is not meant for her."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from agencies.models import Posting, WatchAlert
from agencies.watchrows import Rule
from casework import services
from casework.measures.case_conference.models import CaseConference
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Archive, Case, DocumentFile, Evidence, Note, Task
from casework.services.archive import ask_for_archive, build_archive
from config.celery import app
from privacy.audit import ReadAudit
from tests.case_conference.test_life import proposed
from tests.casework.cases import NAME, PHONE, a_case, close, ready_to_close, with_victim
from tests.people import (
    a_caseworker,
    a_judge,
    a_lead,
    a_policeman,
    a_supervisor,
    an_operator,
    another_federation,
    federation,
    police,
    signed_in,
)
from tests.referrals.handed import a_lawyer, accepted, consent_of, drafted, in_days, sent
from tests.workflow.force import force_state
from workflow.engine import begin, perform
from workflow.models import StepRecord

pytestmark = pytest.mark.django_db
TOKENS = re.compile(rb"[0-9A-Za-z_-]{22,64}")


QUERIES = (
    "fields=phone", "order=case__persons__phone", "case__persons__name=李秀芝", "include=reporter", "after=eyJ4Ijox",
)  # fmt: skip
NOT_THERE = (
    "/admin/", "/__debug__/", "/metrics", "/static/../manage.py", "/.git/config", "/media/x", "/static/%2e%2e/secret",
)  # fmt: skip


def a_told_case() -> tuple[Case, Actor]:
    worker = a_caseworker()
    case = a_case(worker)
    with_victim(case, worker)
    return case, worker


def a_letter(case: Case, worker: Actor) -> WarningLetter:
    letter = begin(WarningLetter, actor=worker, case=case, letter_type="dv", origin="federation")
    letter.police_agency = police()
    letter.acting(worker).save()
    return force_state(letter, "requested")


def told(answer: Any) -> tuple[Any, ...]:
    """Status, headers and body without what is new in every answer."""
    headers = {
        name: TOKENS.sub(b"", value.encode())
        for name, value in answer.headers.items()
        if name != "Content-Length"
    }
    return answer.status_code, headers, TOKENS.sub(b"", answer.content)


@pytest.mark.attack("T01", "T02")
def test_a_foreign_case_answers_every_verb_like_one_that_nobody_has(tried: Any) -> None:
    case, _worker = a_told_case()
    browser = signed_in(Client(), an_operator(another_federation()))
    known, unknown = (f"/cases/{key}/" for key in (case.pk, uuid4()))
    same = told(browser.get(known)) == told(browser.get(unknown))
    tried(request="GET /cases/<id of A>/ beside a random id", actor="operator of B", expected=True, got=same)
    before = (Case.objects.get(pk=case.pk).rev, StepRecord.objects.count())
    for verb in ("get", "head", "options", "post", "put", "patch", "delete"):
        got = [getattr(browser, verb)(f"{known}{rest}").status_code for rest in ("", "edit/", "notes/add/")]
        tried(
            request=f"{verb.upper()} /cases/<id of A>/…",
            actor="operator of B",
            expected=True,
            got=set(got) <= {404, 405},
        )
    assert (Case.objects.get(pk=case.pk).rev, StepRecord.objects.count()) == before


@pytest.mark.attack("T03", "T07", "T12")
def test_a_liaison_opens_no_case_searches_nobody_and_makes_no_move_of_a_federation(tried: Any) -> None:
    case, worker = a_told_case()
    letter, browser = a_letter(case, worker), signed_in(Client(), a_policeman())
    stranger = signed_in(Client(), a_policeman(police("别处派出所")))
    page, moves = letter.get_absolute_url().split("#")[0], f"/moves/warning_letter/{letter.pk}"
    asked = [
        ("GET", f"/cases/{case.pk}/", 404, browser.get(f"/cases/{case.pk}/")),
        ("GET", "the letter of another station", 404, stranger.get(page)),
        ("POST", "/moves/case/<id>/close", 404, browser.post(f"/moves/case/{case.pk}/close")),
        ("POST", "/moves/warning_letter/<id>/drop", 403, browser.post(f"{moves}/drop", {"rev": letter.rev})),
        ("POST", "/cases/search/", 404, browser.post("/cases/search/", {"text": PHONE})),
        ("POST", "/cases/<id>/assign/", 404, browser.post(f"/cases/{case.pk}/assign/", {"user": worker.user_id})),
    ]  # fmt: skip
    for verb, address, expected, answer in asked:
        tried(request=f"{verb} {address}", actor="police liaison", expected=expected, got=answer.status_code)
    letter.refresh_from_db()
    assert letter.state == "requested"
    refused = ReadAudit.objects.filter(outcome="denied", action="move", owner=case.pk)
    rows = list(refused.values_list("actor_role", "place", "table"))
    tried(
        request="the register of the move refused with 403", actor="police liaison",
        expected=[("liaison", "workflow:move", letter._meta.db_table)], got=rows,
    )  # fmt: skip


@pytest.mark.attack("T04")
def test_what_was_withdrawn_or_has_run_out_is_gone_at_the_next_request(tried: Any) -> None:
    worker, lawyer = a_caseworker(), a_lawyer()
    referral, browser = accepted(worker, lawyer), signed_in(Client(), lawyer)
    page = referral.get_absolute_url().split("#")[0]
    if page.startswith(referral.case.get_absolute_url()):
        page = f"/cases/measures/referral/{referral.pk}/"
    first = browser.get(page)
    tried(request="GET the referral", actor="legal aid", expected=200, got=first.status_code)
    assert "no-store" in first.headers["Cache-Control"]
    perform(consent_of(referral), "withdraw", actor=worker)
    tried(
        request="GET it after her consent was withdrawn",
        actor="legal aid",
        expected=404,
        got=browser.get(page).status_code,
    )
    letter, station = a_letter(*a_told_case()), signed_in(Client(), a_policeman())
    address = f"/moves/warning_letter/{letter.pk}/accept"
    tried(request="GET a letter's move", actor="police", expected=200, got=station.get(address).status_code)
    WarningLetter.objects.filter(pk=letter.pk).update(ended_on=timezone.localdate() - timedelta(days=400))
    tried(
        request="GET it long after the letter ended",
        actor="police",
        expected=404,
        got=station.get(address).status_code,
    )


@pytest.mark.attack("T11")
def test_one_foreign_id_among_ten_own_ones_refuses_them_all(tried: Any) -> None:
    lead, stranger = a_lead(), a_lead(another_federation())
    rows = [
        WatchAlert.objects.create(
            key=str(n), rule=Rule.MASS_BROWSE, at=timezone.now(), agency=str(one.agency_id)
        )
        for n, one in enumerate([*[lead] * 10, stranger])
    ]
    browser, ids = signed_in(Client(), lead), [str(row.pk) for row in rows]
    got = []
    for sent_ids in (ids, [*ids[:10], str(uuid4())], [*ids[:10], "x"], ids[:10]):
        answer = browser.post("/reads/alerts/seen", {"alert": sent_ids})
        got.append((answer.status_code, WatchAlert.objects.exclude(seen_at=None).count()))
    tried(
        request="ten alerts, and one more of another agency, of nobody, no id; then the ten", actor="duty leader",
        expected=[(404, 0), (404, 0), (404, 0), (302, 10)], got=got,
    )  # fmt: skip


@pytest.mark.attack("T11")
def test_one_body_that_is_not_offered_among_those_invited_refuses_them_all(tried: Any) -> None:
    lead, got = a_lead(), []
    one = proposed(a_caseworker())
    browser, soon = signed_in(Client(), lead), timezone.localdate() + timedelta(days=2)
    for odd in (federation().pk, uuid4(), police("别处派出所").pk):
        typed = {
            "rev": one.rev, "meets_at_0": str(soon), "meets_at_1": "10:00", "meets_at": f"{soon} 10:00",
            "invited": [str(police().pk), str(odd)],
        }  # fmt: skip
        answer = browser.post(f"/moves/case_conference/{one.pk}/call", typed)
        got.append((answer.status_code, len(CaseConference.objects.get(pk=one.pk).invited)))
    tried(
        request="two bodies invited, one of them not offered, or of nobody; then two right ones", actor="duty leader",
        expected=[(422, 0), (422, 0), (303, 2)], got=got,
    )  # fmt: skip


@pytest.mark.attack("T105")
def test_a_consent_withdrawn_while_the_form_is_open_carries_nothing(tried: Any) -> None:
    worker, colleague = a_caseworker(), a_caseworker()
    before = sent(worker)
    referral, browser = drafted(worker, before.case), signed_in(Client(), worker)
    form = browser.get(f"/moves/referral/{referral.pk}/send")
    perform(consent_of(before), "withdraw", actor=colleague)
    typed = {"rev": referral.rev, "receiver": str(before.receiver_id), "basis": "consent", "shares": ["name"]}
    answer = browser.post(f"/moves/referral/{referral.pk}/send", typed)
    referral.refresh_from_db()
    tried(
        request="send on a consent withdrawn since the form was opened", actor="caseworker",
        expected=(200, 409, "drafted", 0),
        got=(form.status_code, answer.status_code, referral.state, referral.disclosures.count()),
    )  # fmt: skip
    again = drafted(worker, before.case)
    asked = {"given_by": "herself", "how": "written", "consent_until": str(in_days(30))}
    right = browser.post(f"/moves/referral/{again.pk}/send", typed | asked | {"rev": again.rev})
    again.refresh_from_db()
    assert (right.status_code, again.state) == (303, "sent")  # the same form, with a consent of its own


@pytest.mark.attack("T05", "T06")
def test_parameters_and_fields_that_are_not_offered_change_nothing(tried: Any) -> None:
    case, worker = a_told_case()
    letter, browser = a_letter(case, worker), signed_in(Client(), a_policeman())
    plain = told(browser.get("/cases/inbox/"))
    for query in QUERIES:
        same = told(browser.get(f"/cases/inbox/?{query}")) == plain
        tried(request=f"GET /cases/inbox/?{query.split('=')[0]}=…", actor="police", expected=True, got=same)
    court = signed_in(Client(), a_judge())
    assert NAME not in court.get("/cases/inbox/?fields=name").content.decode()
    sent = {
        "rev": letter.rev, "reporter_name": "邻居", "agency": another_federation().pk, "case": uuid4(), "state": "ended",
        "police_agency": police("别处派出所").pk, "owner": worker.user_id, "created_by": worker.user_id, "case_key": "x",
    }  # fmt: skip
    answer = browser.post(f"/moves/warning_letter/{letter.pk}/accept", sent)
    tried(
        request="POST accept with nine foreign fields", actor="police", expected=303, got=answer.status_code
    )
    letter.refresh_from_db()
    kept = (
        letter.state,
        letter.case_id,
        letter.police_agency_id,
        letter.case.agency_id,
        case.reporters.count(),
    )
    tried(
        request="what it changed",
        actor="police",
        expected=("accepted", case.pk, police().pk, worker.agency_id, 0),
        got=kept,
    )


@pytest.mark.attack("T08")
def test_a_supervisor_reaches_no_case_search_move_or_file(tried: Any) -> None:
    case, _worker = a_told_case()
    browser = signed_in(Client(), a_supervisor())
    for address in (
        f"/cases/{case.pk}/",
        "/cases/",
        "/cases/search/",
        f"/cases/{case.pk}/archive/",
        f"/moves/case/{case.pk}/close",
    ):
        got = {browser.get(address).status_code, browser.post(address, {"text": PHONE}).status_code}
        tried(
            request=f"GET, POST {address.replace(str(case.pk), '<id>')}",
            actor="supervisor",
            expected=True,
            got=got <= {404, 405},
        )


@pytest.mark.attack("T09", "T10")
def test_a_row_of_a_foreign_case_is_absent_under_an_own_address(tried: Any) -> None:
    foreign, owner = a_told_case()
    person = foreign.persons.get()
    proof = services.register_evidence(foreign, actor=owner, kind="E5", title="照片")
    task = services.open_task(foreign, actor=owner, kind="call_back")
    colleague = a_caseworker(another_federation())
    own, browser = a_case(colleague), signed_in(Client(), colleague)
    for address in (f"people/{person.pk}/", f"evidence/{proof.pk}/", f"people/{person.pk}/access/"):
        got = browser.post(f"/cases/{own.pk}/{address}", {"role": "victim"}).status_code
        tried(
            request=f"POST /cases/<own>/{address.split('/')[0]}/<id of A>/",
            actor="caseworker of B",
            expected=404,
            got=got,
        )
    for address in (
        f"/cases/tasks/{task.pk}/done/",
        f"/cases/documents/{uuid4()}/",
        f"/cases/archives/{uuid4()}/",
    ):
        tried(
            request=f"GET {address[:16]}…",
            actor="caseworker of B",
            expected=404,
            got=browser.get(address).status_code,
        )
    assert (
        Task.objects.get(pk=task.pk).done_at,
        Evidence.objects.filter(case=own).count(),
        Note.objects.count(),
    ) == (None, 0, 0)


@pytest.mark.attack("T14", "T16")
def test_a_task_decides_anew_for_whoever_asked_and_unknown_ones_are_not_taken(tried: Any) -> None:
    worker = a_caseworker()
    case = ready_to_close(worker)
    close(case, worker)
    stranger = a_caseworker(another_federation())
    forged = Archive(case=case, posting_id=stranger.posting_id)
    forged.acting(stranger).save()
    build_archive(forged.pk)
    refused = Archive.objects.get(pk=forged.pk).failed
    tried(request="pack_archive of a case of A", actor="posting of B", expected=True, got=refused)
    asked = ask_for_archive(Case.objects.get(pk=case.pk), actor=worker)
    Posting.objects.filter(pk=worker.posting_id).update(ends=timezone.now())
    build_archive(asked.pk)
    ended = Archive.objects.get(pk=asked.pk)
    got = (ended.failed, DocumentFile.objects.count())
    tried(request="pack_archive, the posting ended", actor="former caseworker", expected=(True, 0), got=got)
    tried(
        request="a task nobody registered",
        actor="whoever writes to the broker",
        expected=False,
        got="os.system" in app.tasks,
    )


@pytest.mark.attack("T20")
def test_what_is_not_the_product_is_not_there(tried: Any) -> None:
    browser = Client()
    for address in NOT_THERE:
        got = browser.get(address).status_code
        tried(request=f"GET {address}", actor="from outside", expected=404, got=got)
