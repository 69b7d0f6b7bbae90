"""Referrals for tests: made the way the product makes them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework import services
from casework.models import Case
from referrals.models import Consent, Referral
from tests.casework.cases import PHONE, a_case, with_victim
from tests.people import an_actor, justice
from workflow.engine import begin, perform

REQUEST, CONDITION = "请指派熟悉家暴案件的律师", "左臂骨折，情绪低落"
CONSENT: dict[str, Any] = {"basis": "consent", "given_by": "herself", "how": "written"}
DUTY: dict[str, Any] = {"basis": "duty", "why_without": "首接单位应当转介"}


def consent_of(referral: Referral) -> Consent:
    assert referral.consent is not None
    return referral.consent


def consent_ends(referral: Referral, day: date) -> None:
    """As if it had been given until this day."""
    Consent.objects.filter(pk=consent_of(referral).pk).update(ends_on=day)


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def a_lawyer(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or justice())


def a_told_case(worker: Actor, **fields: Any) -> Case:
    """A case with everything that a receiver could be tempted to read."""
    case = a_case(worker, **fields)
    with_victim(case, worker, address="新开街二号三单元")
    services.add_person(case, actor=worker, role="respondent", name="赵某强", relation_to_victim="1_spouse")
    services.record_incident(case, actor=worker, forms=["physical"], account="用板凳打左臂")
    services.record_reporter(case, actor=worker, name="邻居王婶", phone="13900001111")
    services.add_note(case, actor=worker, text="心理咨询时哭了很久")
    services.set_safe_contact(
        case, actor=worker, phone=PHONE, code_word="快递",
        hours=[{"days": [0, 1, 2], "from": "09:00", "to": "11:30"}],
    )  # fmt: skip
    case.refresh_from_db()
    return case


def drafted(worker: Actor, case: Case | None = None, **fields: Any) -> Referral:
    takes: dict[str, Any] = {
        "service": "legal_aid", "urgency": "normal", "request": REQUEST, "condition": CONDITION,
        "our_contact": "苏敏 0470-6520000",
    }  # fmt: skip
    return begin(Referral, actor=worker, case=case or a_told_case(worker), **(takes | fields))


def sent(worker: Actor, case: Case | None = None, **takes: Any) -> Referral:
    """Sent to the legal aid centre, on her consent until in thirty days, unless told otherwise."""
    opening = {name: takes.pop(name) for name in ("service", "urgency", "limitation_on") if name in takes}
    referral = drafted(worker, case, **opening)
    given: dict[str, Any] = {"receiver": justice(), **CONSENT, "consent_until": in_days(30)}
    if takes.get("basis", "consent") != "consent":
        given = {"receiver": justice(), **DUTY}
    perform(referral, "send", actor=worker, **(given | takes))
    return referral


def accepted(worker: Actor, lawyer: Actor, **takes: Any) -> Referral:
    referral = sent(worker, **takes)
    perform(referral, "accept", actor=lawyer)
    return referral
