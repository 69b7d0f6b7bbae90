"""Invented referrals: answered, unanswered, sent back, on the way, with a consent taken back."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from agencies.kinds import AgencyKind
from agencies.models import Agency
from casework.codes import Danger
from casework.models import Case
from referrals.models import Referral
from workflow.engine import begin, perform

if TYPE_CHECKING:
    from scenarios.demo.stories import Teller

REQUESTS = {
    "legal_aid": "请指派熟悉家暴案件的律师，协助申请保护令和离婚诉讼。",
    "medical": "请安排门诊检查并保存诊疗记录。",
    "counselling": "睡眠差、常惊醒，请安排心理疏导。",
    "employment": "想找白天的工作，请介绍岗位和培训。",
    "police": "对方扬言今晚再来，请加强巡查。",
}
CONTACT = "苏敏 0470-6520000"
BY_CONSENT: dict[str, Any] = {"basis": "consent", "given_by": "herself", "how": "written"}


def tell_referral(teller: "Teller", case: Case, number: int) -> None:
    """The kind goes round with the number; every fifth case has one."""
    TELLERS[number // 5 % len(TELLERS)](teller, case)


def _send(
    teller: "Teller", case: Case, service: str, urgency: str, days_ago: float, kind: AgencyKind, **basis: Any
) -> Referral:
    moment = teller.now - days_ago * teller.day
    row = begin(
        Referral, actor=teller.cast.caseworker, case=case, service=service, urgency=urgency, now=moment,
        request=REQUESTS[service], our_contact=CONTACT,
    )  # fmt: skip
    receiver = Agency.objects.filter(kind=kind, is_active=True).order_by("name")[0]
    takes = basis or {**BY_CONSENT, "consent_until": timezone.localdate(teller.now) + 60 * teller.day}
    perform(row, "send", actor=teller.cast.caseworker, receiver=receiver, **takes, **teller.at(moment))
    return row


def _aid_in_hand(teller: "Teller", case: Case) -> None:
    row, lawyer = _send(teller, case, "legal_aid", "urgent", 9, AgencyKind.JUSTICE), teller.cast.legal_aid
    steps: tuple[tuple[str, float, dict[str, Any]], ...] = (
        ("see", 8.9, {}), ("accept", 8.5, {"contact": "何晴律师"}), ("start", 7, {}),
        ("feed_back", 6, {"answer": "已会见，正在准备材料。"}),
    )  # fmt: skip
    for name, days, takes in steps:
        perform(row, name, actor=lawyer, **takes, **teller.at(teller.now - days * teller.day))


def _aid_unanswered(teller: "Teller", case: Case) -> None:
    _send(teller, case, "legal_aid", "urgent", 3, AgencyKind.JUSTICE)


def _hospital_silent(teller: "Teller", case: Case) -> None:
    """The hospital has no account: it would answer with a code, and has not yet."""
    _send(teller, case, "medical", "hours", 0.5, AgencyKind.HOSPITAL)


def _sent_back(teller: "Teller", case: Case) -> None:
    row = _send(teller, case, "legal_aid", "days", 6, AgencyKind.JUSTICE)
    takes: dict[str, Any] = {"refusal": "no_place", "reason": "近期律师都已排满。"}
    perform(row, "refuse", actor=teller.cast.legal_aid, **takes, **teller.at(teller.now - 2 * teller.day))


def _police_warned(teller: "Teller", case: Case) -> None:
    why = "现实危险，首接单位应当会同公安处理" if case.danger == Danger.HIGH else "首接责任"
    _send(teller, case, "police", "hours", 0.1, AgencyKind.POLICE, basis="duty", why_without=why)


def _taken_back(teller: "Teller", case: Case) -> None:
    row = _send(teller, case, "legal_aid", "normal", 5, AgencyKind.JUSTICE)
    assert row.consent is not None
    perform(
        row.consent, "withdraw", actor=teller.cast.caseworker, words="想先自己想一想。",
        **teller.at(teller.now - teller.day),
    )  # fmt: skip


TELLERS = (_aid_in_hand, _aid_unanswered, _hospital_silent, _sent_back, _police_warned, _taken_back)
