"""A call-back only in hours in which it is safe, and only as many as there are hands."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from agencies.actor import Actor
from casework.models import Case
from casework.services import set_safe_contact
from hotline.call_backs import book_call_back, settle_call_back
from hotline.models import CallBack
from hotline.selectors import call_backs, slots
from tests.attacks.record import Tried
from tests.casework.cases import a_case
from tests.hotline.calls import TOLD, at_the_desk
from tests.people import an_operator, another_federation, signed_in

pytestmark = pytest.mark.django_db
EVERY_DAY = list(range(7))


def night(case: Case, actor: Actor) -> datetime:
    """She can be called from nine to ten in the evening; returns that moment of tomorrow."""
    set_safe_contact(case, actor=actor, hours=[{"days": EVERY_DAY, "from": "21:00", "to": "22:00"}])
    return (timezone.localtime() + timedelta(days=1)).replace(hour=21, minute=0, second=0, microsecond=0)


def test_only_safe_slots_are_offered_by_night_too() -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator)
    offered = [slot.start for day in slots(case, now=timezone.now()) for slot in day if slot.safe]
    assert {(one.hour, one.minute) for one in offered} == {(21, 0), (21, 30)} and moment in offered


def test_one_safe_weekday_is_offered_however_far_off_it_is(client: Client) -> None:
    operator = an_operator()
    case = a_case(operator)
    far = timezone.localtime() + timedelta(days=6)
    set_safe_contact(case, actor=operator, hours=[{"days": [far.weekday()], "from": "23:00", "to": "01:00"}])
    offered = [slot.start for day in slots(case, now=timezone.now()) for slot in day if slot.safe]
    assert [f"{one:%d %H:%M}" for one in offered[:2]] == [f"{far:%d} 23:00", f"{far:%d} 23:30"]
    set_safe_contact(case, actor=operator, never_call=True)
    page = signed_in(client, operator).get(f"/desk/call-back/{case.pk}").content.decode()
    assert "不要拨打" in page and 'name="slot"' not in page


@pytest.mark.attack("T78")
def test_an_unsafe_hour_is_refused(tried: Tried) -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator).replace(hour=12)
    with pytest.raises(ValidationError) as refused:
        book_call_back(case=case, slot=moment, note="", actor=operator)
    tried(
        request="a call-back at noon, she can be called from nine to ten in the evening", actor="operator",
        expected=("unsafe_hours", 0), got=(refused.value.code, CallBack.objects.count()),
    )  # fmt: skip


def test_whoever_must_never_be_called_is_never_booked() -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator)
    set_safe_contact(case, actor=operator, never_call=True)
    with pytest.raises(ValidationError):
        book_call_back(case=case, slot=moment, note="", actor=operator)


def test_two_calls_fit_in_a_slot() -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator)
    for _number in range(2):
        book_call_back(case=case, slot=moment, note="", actor=operator)
    with pytest.raises(ValidationError) as refused:
        book_call_back(case=case, slot=moment, note="", actor=operator)
    assert refused.value.code == "full"


def test_calling_outside_her_hours_is_not_recorded_as_reached() -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator)
    back = book_call_back(case=case, slot=moment, note="", actor=operator)
    with pytest.raises(ValidationError):
        settle_call_back(back=back, state="reached", actor=operator, now=moment.replace(hour=12))
    settle_call_back(back=back, state="reached", actor=operator, now=moment)
    assert back.state == "reached"


def test_a_due_call_back_says_whether_now_is_safe() -> None:
    operator = an_operator()
    case = a_case(operator)
    moment = night(case, operator)
    book_call_back(case=case, slot=moment, note="", actor=operator)
    (due,) = call_backs(operator, now=moment - timedelta(hours=2), until=moment)
    assert (due.may_call, due.next_slot) == (False, moment)


def test_after_saving_the_slots_are_one_key_away(client: Client) -> None:
    call = at_the_desk(client)
    answer = client.post(f"/desk/{call.pk}", TOLD | {"outcome": "open_case", "call_back": "on"})
    assert answer.headers["Location"] == f"/desk/call-back/{Case.objects.get().pk}"


@pytest.mark.parametrize(
    "slot", ["", "gestern", "2026-02-30T25:00", "2020-01-01T09:00:00+08:00", "2999-01-01T09:10:00+08:00"]
)
def test_a_time_nobody_offered_keeps_the_note(client: Client, slot: str) -> None:
    operator = an_operator()
    signed_in(client, operator)
    case = a_case(operator)
    answer = client.post(f"/desk/call-back/{case.pk}", {"slot": slot, "note": "送材料的事"})
    page = answer.content.decode()
    assert (answer.status_code, "请在提供的时段中选择。" in page, "送材料的事" in page) == (422, True, True)


def test_a_foreign_case_has_no_slots(client: Client) -> None:
    case = a_case(an_operator(another_federation()))
    signed_in(client, an_operator())
    assert client.get(f"/desk/call-back/{case.pk}").status_code == 404
