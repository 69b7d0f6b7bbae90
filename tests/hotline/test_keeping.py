"""A call that became no case goes by itself when its time is over; its numbers stay, and a hold or a promise keeps it."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from agencies.file_marks import FileMark, MarkKind
from casework.lapse import lapsing
from casework.retention import Span, classes
from casework.services.lapsing import let_lapse
from casework.services.shredding import replay
from casework.tasks import let_records_lapse
from hotline import keeping
from hotline.models import Call, CallBack, CallDraft
from hotline.selectors import banner
from hotline.services import close_without_data, save_draft
from indicators.models import Tally
from indicators.recount import reconcile
from privacy.errors import SealError
from privacy.keyrows import DataKey
from privacy.models import Ruling, Tombstone
from privacy.reading import reveal
from tests.casework.cases import a_case
from tests.hotline.calls import NUMBER, a_call, finished
from tests.people import a_caseworker, a_lead, an_operator, another_federation, police, signed_in
from workflow.deadlines import DeadlineState
from workflow.engine import perform
from workflow.models import Deadline, StepRecord

pytestmark = pytest.mark.django_db
ACCOUNT = "他昨晚又动手了，孩子看见了"


def later(**more: int) -> datetime:
    """The day after three years."""
    return timezone.now() + timedelta(days=3 * 366 + more.get("days", 0))


def advised(actor: Actor, **typed: Any) -> Call:
    return finished("advise", actor, **{"number": NUMBER, "account": ACCOUNT} | typed)


def passed_on(actor: Actor) -> Call:
    call = finished(
        "transfer", actor, number=NUMBER, account=ACCOUNT, transferred_to=police().pk, to_whom="与张警官通话"
    )
    perform(call, "confirm", actor=actor, confirmed_by="张警官")
    return Call.objects.get(pk=call.pk)


def opens(row: Any, name: str, actor: Actor) -> bool:
    try:
        return bool(reveal(row, name, actor=actor, purpose="hotline")[name])
    except SealError:
        return False


def numbers_of() -> list[Any]:
    return sorted(Tally.objects.values_list("figure", "dims", "month", "home", "n"))


def is_gone(call: Call) -> bool:
    return Tombstone.objects.filter(subject=call.pk).exists()


@pytest.mark.attack("T92")
def test_a_call_whose_time_is_over_is_gone_by_page_search_tags_and_history_and_its_numbers_stay(
    tried: Any, django_capture_on_commit_callbacks: Any
) -> None:
    operator = an_operator()
    call, young = passed_on(operator), a_call(operator)
    reconcile(timezone.now(), repair=True)
    numbers = numbers_of()
    old, step = (
        Call.history.filter(id=call.pk).first(),
        StepRecord.objects.get(obj_id=call.pk, move="transfer"),
    )
    assert (opens(call, "account", operator), opens(old, "number", operator)) == (True, True)
    assert opens(step, "payload", operator)
    with django_capture_on_commit_callbacks(execute=True):
        assert [let_lapse(now) for now in (timezone.now(), later(), later())] == [0, 1, 0]
    for row, name in ((call, "account"), (old, "number"), (step, "payload")):
        tried(
            request=f"open {type(row).__name__}",
            actor="operator",
            expected=False,
            got=opens(row, name, operator),
        )
    keys = DataKey.objects.filter(owner=call.pk).count()
    tags = Call.objects.values_list("tags", flat=True).get(pk=call.pk)
    tried(request="keys and tags of the call", actor="host", expected=(0, []), got=(keys, tags))
    browser = signed_in(Client(), operator)
    page = browser.get(call.get_absolute_url())
    tried(request="GET /desk/<id>", actor="operator", expected=410, got=page.status_code)
    text = page.content.decode()
    assert "本次来电记录已粉碎" in text and NUMBER not in text and ACCOUNT not in text
    known = banner(NUMBER, actor=operator, exclude=young.pk, now=timezone.now()).earlier_calls
    tried(request="who is this number", actor="operator", expected=0, got=known)
    listed = str(call.pk) in browser.get("/desk/calls").content.decode()
    tried(request="GET /desk/calls", actor="operator", expected=False, got=listed)
    stranger = signed_in(Client(), an_operator(another_federation())).get(call.get_absolute_url())
    tried(request="GET /desk/<id>", actor="operator elsewhere", expected=404, got=stranger.status_code)
    tried(
        request="recount",
        actor="host",
        expected=([], numbers),
        got=(reconcile(timezone.now()).differences, numbers_of()),
    )
    assert (is_gone(young), StepRecord.objects.filter(obj_id=call.pk).count()) == (False, 3)


@pytest.mark.attack("T92")
def test_under_legal_hold_a_call_stays_until_a_duty_leader_lifts_it(tried: Any) -> None:
    operator, chief = an_operator(), a_lead()
    call = advised(operator)
    browser, desk = signed_in(Client(), chief), signed_in(Client(), operator)
    wrong = desk.post(f"/desk/{call.pk}/hold", {"why": "court"}).status_code
    tried(request="POST /desk/<id>/hold", actor="operator", expected=404, got=wrong)
    assert browser.post(f"/desk/{call.pk}/hold", {"why": "court"}).status_code == 302
    page = browser.get(call.get_absolute_url()).content.decode()
    assert ("解除保全" in page, "保全本次来电" in page) == (True, False)
    assert call.get_absolute_url() in browser.get("/cases/retention/").content.decode()
    tried(request="its time is over under a hold", actor="beat", expected=0, got=let_lapse(later()))
    assert opens(call, "account", operator)
    assert browser.post(f"/desk/{call.pk}/lift").status_code == 302
    assert list(Ruling.objects.order_by("n").values_list("subject", "lifted")) == [
        (call.pk, False),
        (call.pk, True),
    ]
    assert (let_lapse(later()), is_gone(call)) == (1, True)


def test_a_leader_of_elsewhere_and_one_without_a_fresh_proof_change_no_hold() -> None:
    operator, chief = an_operator(), a_lead()
    call = advised(operator)
    keeping.hold(call, actor=chief, why="police")
    foreign = signed_in(Client(), a_lead(another_federation()))
    browser = signed_in(Client(), chief)
    session = browser.session
    session.pop("proved", None)
    session.save()
    answers = [one.post(f"/desk/{call.pk}/lift").status_code for one in (foreign, browser)]
    assert (answers, FileMark.objects.on(call.pk, MarkKind.HOLD)) == ([404, 401], True)


def test_what_is_open_promised_counted_by_a_clock_or_part_of_a_case_is_never_touched() -> None:
    operator, worker = an_operator(), a_caseworker()
    case = a_case(worker)
    promised, timed, joined = (
        advised(operator),
        advised(operator),
        finished("join_case", operator, case=case.pk),
    )
    CallBack(case=case, slot=timezone.now(), note="", booked_by_id=operator.user_id, call=promised).acting(
        operator
    ).save()
    perform(case, "ask_data", actor=worker, wanted="copy")
    clock = Deadline.objects.get(closed_at=None)
    Deadline.objects.filter(pk=clock.pk).update(subject_id=timed.pk)
    waiting = finished("transfer", operator, transferred_to=police().pk, to_whom="无人接听")
    open_call = a_call(operator)
    assert let_lapse(later()) == 0
    assert not any(is_gone(one) for one in (promised, timed, joined, waiting, open_call))
    CallBack.objects.update(state="cancelled")
    Deadline.objects.filter(pk=clock.pk).update(
        state=DeadlineState.CANCELLED, closed_at=timezone.now(), next_wake_at=None
    )
    assert (let_lapse(later()), is_gone(promised), is_gone(timed), is_gone(joined)) == (2, True, True, False)


def test_killed_half_way_it_is_done_again_and_a_batch_leaves_the_rest_for_the_next_night() -> None:
    operator = an_operator()
    silent = close_without_data(call=a_call(operator), kind="silent", actor=operator, now=timezone.now())
    calls = [silent, advised(operator), advised(operator)]
    with transaction.atomic():
        assert let_lapse(later(), batch=1) == 1
        transaction.set_rollback(True)
    assert (Tombstone.objects.count(), opens(calls[1], "account", operator)) == (0, True)
    assert [let_lapse(later(), batch=2) for _ in range(3)] == [2, 1, 0]
    assert all(is_gone(call) for call in calls)


@pytest.mark.attack("T92")
def test_a_restore_does_it_again(
    tmp_path: Path, settings: Any, tried: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SHRED_LIST = str(tmp_path / "list")
    operator = an_operator()
    call = advised(operator)
    keys, tags = list(DataKey.objects.filter(owner=call.pk)), call.tags
    with django_capture_on_commit_callbacks(execute=True):
        let_lapse(later())
    DataKey.objects.bulk_create(keys)
    FileMark.objects.filter(subject_id=call.pk).delete()
    Call.objects.filter(pk=call.pk).update(tags=tags)
    assert tags and opens(call, "account", operator)
    with django_capture_on_commit_callbacks(execute=True):
        replay(lambda line: None)
    left = (
        opens(call, "account", operator),
        Call.objects.get(pk=call.pk).tags,
        Call.objects.visible_to(operator).count(),
    )
    tried(request="read the call after a restore", actor="operator", expected=(False, [], 0), got=left)


def test_what_was_typed_of_a_call_that_nobody_closed_is_kept_as_long_as_the_call() -> None:
    """It may be all there is of a woman whose line broke off."""
    operator, now = an_operator(), timezone.now()
    call = a_call(operator)
    save_draft(call=call, content={"account": ACCOUNT}, actor=operator, now=now)
    assert let_lapse(now + timedelta(days=3 * 366)) == 0
    page = signed_in(Client(), operator).get("/desk/").content.decode()
    assert (CallDraft.objects.filter(call=call).count(), call.get_absolute_url() in page) == (1, True)


def test_the_duty_leader_sees_how_many_go_soon_and_not_whose_they_are() -> None:
    operator, chief = an_operator(), a_lead()
    old, _young = advised(operator), advised(operator)
    Call.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=3 * 365 - 20))
    page = signed_in(Client(), chief).get("/cases/retention/").content.decode()
    row = "<span>没有转为个案的热线来电（含未保留信息的来电）</span><b>1</b>"
    assert (row in page, str(old.pk) in page) == (True, False)
    assert all(str(kind.label) in page for kind in classes().values())
    elsewhere = signed_in(Client(), a_lead(another_federation())).get("/cases/retention/").content.decode()
    assert row.replace(">1<", ">0<") in elsewhere


def test_every_class_that_a_room_lets_go_stands_in_the_schedule_as_one_that_goes_by_itself() -> None:
    found = {one.lapse.kind for one in lapsing()}
    assert found == {"call_alone", "call_passed", "round_findings"}
    assert all(classes()[key].shreds == "itself" for key in found)


def test_the_beat_does_it_and_the_later_of_law_and_house_rule_counts() -> None:
    call = advised(an_operator())
    let_records_lapse()
    Call.objects.filter(pk=call.pk).update(ended_at=timezone.now() - timedelta(days=3 * 366))
    before = is_gone(call)
    let_records_lapse()
    assert (before, is_gone(call), is_gone(Call(pk=uuid.uuid4()))) == (False, True, False)
    leap = datetime(2028, 2, 29, 8, tzinfo=timezone.get_current_timezone())
    assert [Span(n, unit).before(leap).strftime("%F") for n, unit in ((3, "years"), (6, "months"), (30, "days"))] == [
        "2025-02-28", "2027-08-29", "2028-01-30",
    ]  # fmt: skip
