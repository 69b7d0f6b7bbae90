"""A call from hand to hand: advised, joined, transferred and confirmed or taken back, handed over to a colleague."""

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Person, Reporter
from hotline.models import Call, CallDraft
from hotline.selectors import draft_of
from hotline.services import hand_over, save_draft, take_over
from privacy.reading import reveal
from tests.casework.cases import a_case
from tests.hotline.calls import NUMBER, a_call, at_the_desk, finished
from tests.people import a_caseworker, a_lead, an_operator, another_federation, police, posting_of, signed_in
from workflow.engine import BadTakes, NotVisible, perform, reach
from workflow.models import OutboxMessage

pytestmark = pytest.mark.django_db


def test_advised() -> None:
    call = finished("advise", number=NUMBER, account="问怎样申请保护令", advice="告知材料和法院")
    assert (call.state, call.case, call.ended_at is not None, CallDraft.objects.count()) == (
        "advised",
        None,
        True,
        0,
    )


def test_joined_to_a_case() -> None:
    case = a_case(a_caseworker())
    call = finished("join_case", case=str(case.pk), account="他又来砸门", forms_of_violence=["physical"])
    assert (call.state, call.case, case.incidents.count(), Case.objects.count()) == ("joined", case, 1, 1)


def test_transferred_stays_ours_until_they_confirm(client: Client) -> None:
    operator = an_operator()
    call = finished("transfer", operator, transferred_to=police().pk, to_whom="与值班民警通话，已出警")
    signed_in(client, operator)
    home = client.get("/desk/").content.decode()
    assert ("已转出，对方还没有确认" in home, "之前由" in home) == (True, True)
    perform(call, "confirm", actor=operator, confirmed_by="灵泉派出所值班民警")
    assert (call.state, CallDraft.objects.exists()) == ("received", False)


def test_a_transfer_that_was_not_taken_up_comes_back_with_its_text() -> None:
    operator, other = an_operator(), an_operator()
    call = a_call(operator)
    save_draft(call=call, content={"account": "他打我"}, actor=operator, now=timezone.now())
    finished("transfer", operator, call, transferred_to=police().pk, to_whom="无人接听")
    perform(call, "take_back", actor=other, reason="派出所说不归他们管")
    assert (call.state, call.operator_id, call.transferred_to, draft_of(call, other)["account"]) == (
        "open", other.user_id, None, "他打我",
    )  # fmt: skip


def test_a_transfer_says_to_whom_and_what_was_arranged(client: Client) -> None:
    call = at_the_desk(client)
    answer = client.post(f"/desk/{call.pk}", {"outcome": "transfer", "safety": "safe", "account": "找错地方"})
    page = answer.content.decode()
    assert (answer.status_code, "请选择接手的单位。" in page, "请写明与谁联系、怎样衔接。" in page, "找错地方" in page) == (
        422, True, True, True,
    )  # fmt: skip


def test_the_federation_it_was_transferred_to_reads_it(client: Client) -> None:
    there = another_federation()
    call = finished("transfer", account="她住在新右旗", transferred_to=there.pk, to_whom="已电话交接")
    signed_in(client, an_operator(there))
    assert "她住在新右旗" in client.get(f"/desk/{call.pk}").content.decode()


def test_handed_over_and_still_answered_for() -> None:
    mine, colleague = an_operator(), an_operator()
    call = a_call(mine)
    hand_over(call=call, to=colleague.user_id, actor=mine, now=timezone.now())
    before = call.operator_id
    take_over(call=call, actor=colleague, now=timezone.now())
    assert (before, call.operator_id, call.offered_to) == (mine.user_id, colleague.user_id, None)


def test_who_is_responsible_stands_on_both_desks(client: Client) -> None:
    mine, colleague = an_operator(), a_lead()
    call = a_call(mine)
    owner, other = posting_of(mine).user.display_name, posting_of(colleague).user.display_name
    signed_in(client, mine)
    client.post(f"/desk/{call.pk}/hand-over", {"offered_to": str(colleague.user_id), "account": "她在哭"})
    asked = client.get(f"/desk/{call.pk}").content.decode()
    signed_in(client, colleague)
    offered = client.get("/desk/").content.decode()
    client.post(f"/desk/{call.pk}/take-over")
    taken = client.get(f"/desk/{call.pk}").content.decode()
    assert (
        f"已请{other}接手这次来电。接手之前由{owner}负责。" in asked, "请您接手" in offered,
        f"您接手之前由{owner}负责" in offered, "她在哭" in taken, "已请" in taken,
    ) == (True, True, True, True, False)  # fmt: skip


def test_a_call_is_handed_to_colleagues_alone() -> None:
    mine = an_operator()
    stranger = an_operator(another_federation())
    with pytest.raises(BadTakes):
        hand_over(call=a_call(mine), to=stranger.user_id, actor=mine, now=timezone.now())


def test_handing_over_without_a_name_keeps_the_text(client: Client) -> None:
    call = at_the_desk(client)
    answer = client.post(f"/desk/{call.pk}/hand-over", {"account": "她在哭"})
    page = answer.content.decode()
    assert (answer.status_code, "没有交出" in page, "她在哭" in page) == (422, True, True)


def test_the_caller_is_not_the_victim() -> None:
    call = finished(
        "open_case", kind="bystander", caller_name="邻居张三", number=NUMBER, victim_name="王小丽", victim_phone="13800138000"
    )  # fmt: skip
    operator = an_operator()
    victim, reporter = Person.objects.get(), Reporter.objects.get()
    assert (
        reveal(victim, "name", "phone", actor=operator), reveal(reporter, "name", "phone", actor=operator), call.case
    ) == ({"name": "王小丽", "phone": "13800138000"}, {"name": "邻居张三", "phone": NUMBER}, victim.case)  # fmt: skip


def test_an_institution_reports_as_a_body() -> None:
    finished("open_case", kind="institution", caller_name="中心小学", number="04702261234")
    assert Reporter.objects.get().body


def test_a_foreign_call_is_not_reached() -> None:
    call = a_call()
    with pytest.raises(NotVisible):
        reach(Call, call.pk, an_operator(another_federation()))


def test_the_body_is_told_of_the_transfer_by_id_alone() -> None:
    call = finished("transfer", number=NUMBER, transferred_to=police().pk, to_whom="已电话交接")
    sent = OutboxMessage.objects.get(topic="notice")
    assert (sent.obj_id, sent.agency_id, sent.kind) == (call.pk, police().pk, "call_transferred")
