"""How to make one object for each paper, for the laws that hold over all papers.

A room adds one line: key of the paper -> function(worker) giving a saved object of a told case (tests/papers.py),
with CANARY in every field of its own that says where somebody is now.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from casework.measures.case_conference.models import CaseConference
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.joint_talk.models import JointTalk
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.supervision.models import Supervision
from casework.measures.warning_letter.models import WarningLetter
from hotline.services import answer_call
from protection_orders.models import ProtectionOrder
from referrals.models import Referral
from tests.papers import CANARY, a_told_case
from tests.people import a_lead, an_agency, court, police
from tests.protection_orders.orders import APPLICATION, at
from tests.referrals.handed import drafted, sent
from tests.shelter_stay.stays import a_place, a_warden, requested
from workflow.engine import begin, perform

PaperMaker = Callable[[Actor], Any]


def of_a_told_case(model: Any, **fields: Any) -> PaperMaker:
    return lambda worker: begin(model, actor=worker, case=a_told_case(worker), **fields)


def an_order(*moves: str) -> PaperMaker:
    """An order of a told case, taken as far as these moves."""

    def make(worker: Actor) -> Any:
        order = begin(ProtectionOrder, actor=worker, case=a_told_case(worker))
        for move in moves:
            day = "2026-10-01" if move == "lapse" else "2026-03-02"
            perform(order, move, actor=worker, at=at(f"{day} 10:00"), **_takes(move))
        return order

    return make


def _takes(move: str) -> dict[str, Any]:
    named = {"court": court(), "police_agency": police(), "service_address": "灵泉镇邮政局代收"}
    takes: dict[str, dict[str, Any]] = {
        "prepare": APPLICATION | named,
        "grant": {"granted": ["M1", "M4"], "ruling_number": "民保令5号", "validity_months": 6},
        "dismiss": {"reason": "证据不足"},
        "report_breach": {"breach": "threat", "found_by": "victim", "account": "深夜打电话威胁"},
    }
    return takes.get(move, {})


FILED = ("prepare", "file", "accept")
LIVE = (*FILED, "grant")


def a_matter(*moves: str) -> PaperMaker:
    """A body that did not act, asked by the duty leader."""

    def make(worker: Actor) -> Any:
        facts: dict[str, Any] = {
            "subject": "not_handled",
            "facts_of_matter": "该女士三次报警，均未立案",
            "demand": "依法查处",
        }
        matter = begin(Supervision, actor=worker, case=a_told_case(worker), addressee=police(), **facts)
        for move in moves:
            perform(matter, move, actor=a_lead())
        return matter

    return make


def a_talk(worker: Actor) -> Any:
    """A talk the labour authority was asked to lead."""
    talk = begin(
        JointTalk, actor=worker, case=a_told_case(worker), subject="pay", employer="某商贸公司", facts_of_matter="同岗不同酬",
        demand="补发差额", labour_office=an_agency(AgencyKind.PARTNER, "扎赉诺尔区人力资源和社会保障局"),
    )  # fmt: skip
    perform(talk, "propose", actor=a_lead())
    return talk


def a_conference(worker: Actor) -> Any:
    """Held yesterday with the police, who took something on."""
    brief = {"ground": "high_danger", "basis": "urgent", "brief": "危险等级高"}
    one = begin(CaseConference, actor=worker, case=a_told_case(worker), **brief)
    meets_at = timezone.now() + timedelta(hours=1)
    perform(one, "call", actor=a_lead(), meets_at=meets_at, invited=[police().pk])
    perform(one, "hold", actor=worker, attended=[police().pk], minutes="研判危险，明确分工")
    due = timezone.localdate() + timedelta(days=2)
    perform(one, "add_action", actor=worker, body=str(police().pk), action="每日巡查一次", due=due)
    return one


def a_call(kind: str, **fields: Any) -> PaperMaker:
    """A call that belongs to a told case; where she is now is the canary."""

    def make(worker: Actor) -> Any:
        call = answer_call(actor=worker, now=timezone.now())
        call.case, call.kind, call.place = a_told_case(worker), kind, CANARY
        for name, value in fields.items():
            setattr(call, name, value)
        call.acting(worker).save()
        return call

    return make


def a_report(worker: Actor) -> MandatoryReport:
    """A report about the child of a told case."""
    given: dict[str, Any] = {
        "duty": "minor",
        "situations": ["MR4"],
        "account": "后背有新伤",
        "injury": "左臂三处淤青",
    }
    return begin(MandatoryReport, actor=worker, case=a_told_case(worker), **given)


def a_left_stay(worker: Actor) -> Any:
    """A stay that is over; the canary is where the shelter is and where she went."""
    warden = a_warden()
    stay = requested(worker, case=a_told_case(worker), voucher="letter", children_count=1)
    given: dict[str, Any] = {
        "place": a_place(warden, kind="family", capacity=2, address=CANARY).pk,
        "health": "需服降压药",
        "rights_told": True,
    }
    perform(stay, "admit", actor=warden, at=at("2026-03-02 22:15"), **given)
    perform(
        stay, "leave", actor=warden, exit_mode="self", written=True, reason="已租好住处", handed_to=CANARY
    )
    return stay


def a_referral(worker: Actor) -> Referral:
    return drafted(worker, a_told_case(worker))


PAPER_MAKERS: dict[str, PaperMaker] = {
    "intake": a_told_case,
    "rights": a_told_case,
    "timeline": a_told_case,
    "opened": a_told_case,
    "own_data": lambda worker: a_told_case(worker).persons.get(role="respondent"),
    "visit_record": of_a_told_case(FollowUpVisit, basis="danger", due_at=timezone.now()),
    "letter_request": of_a_told_case(WarningLetter, letter_type="dv", origin="federation"),
    "mandatory_report": a_report,
    "shelter_register": a_left_stay,
    "referral_form": a_referral,
    "referral_receipt": lambda worker: sent(worker, a_told_case(worker)),
    "order_application": an_order("prepare"),
    "order_extension": an_order(*LIVE),
    "order_variation": an_order(*LIVE),
    "order_revocation": an_order(*LIVE),
    "order_reconsideration": an_order(*FILED, "dismiss"),
    "order_breach": lambda worker: an_order(*LIVE, "report_breach")(worker).breaches.get(),
    "order_feedback": an_order(*LIVE, "lapse"),
    "call_record": a_call("bystander", caller_name="报告人金", number="13900001111", account="听见隔壁哭喊"),
    "supervision_request": a_matter(),
    "supervision_opinion": a_matter("send"),
    "supervision_clue": a_matter(),
    "joint_talk_notice": a_talk,
    "conference_minutes": a_conference,
    "danger": lambda worker: a_told_case(worker).assessments.first(),
}
