"""How to make one object of each life, for the laws that hold over all tables.

A room adds one line: flow key -> function(state) giving a saved object in that state. `in_state` makes it
from a function that gives the object in its first state.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casework import services
from casework.measures.bulletin.models import Bulletin
from casework.measures.case_conference.models import CaseConference
from casework.measures.criminal_track.models import CriminalTrack
from casework.measures.follow_up_visit.models import FollowUpVisit
from casework.measures.guardianship.models import Guardianship
from casework.measures.interview.models import Interview
from casework.measures.joint_meeting.models import JointMeeting
from casework.measures.joint_talk.models import JointTalk
from casework.measures.key_watch.models import KeyWatch
from casework.measures.mandatory_report.models import MandatoryReport
from casework.measures.no_contact_order.models import NoContactOrder
from casework.measures.petition.models import Petition
from casework.measures.published_case.models import PublishedCase
from casework.measures.recovery_plan.models import RecoveryPlan
from casework.measures.screening_round.models import ScreeningRound
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.supervision.models import Supervision
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Export
from casework.services.exports import ask_for_export
from hotline.services import answer_call
from monitor.models import Proposal
from protection_orders.models import ProtectionOrder
from referrals.models import Consent, Referral
from tests.casework.cases import a_case, a_child, with_victim
from tests.family_mediation.mediations import a_mediation
from tests.monitor.rounds import (
    a_collection_round,
    a_paper,
    a_plan_report,
    a_proposal,
    a_record,
    a_submission,
    an_early_warning,
    an_inspection,
)
from tests.people import a_caseworker, an_operator, another_federation, justice, town
from tests.perpetrator_intervention.files import a_file
from tests.workflow.force import force_state
from tests.workflow.make import an_errand
from workflow.engine import begin
from workflow.models import LifeModel

Maker = Callable[[str], LifeModel]


def in_state(make: Callable[[], Any]) -> Maker:
    return lambda state: force_state(make(), state)


def _an_export() -> Export:
    asked = {"source": "cases", "people": "numbers", "form": "xlsx", "reason": "季度汇报"}
    return ask_for_export(actor=a_caseworker(), **asked)


def of_a_case(model: type[LifeModel], **fields: Any) -> Maker:
    """A measure of a new case, begun by its caseworker."""

    def make() -> LifeModel:
        worker = a_caseworker()
        return begin(model, actor=worker, case=a_case(worker), **fields)

    return in_state(make)


def a_round() -> ScreeningRound:
    worker, day = a_caseworker(), timezone.localdate()
    plan = {"area": town().pk, "starts_on": day, "ends_on": day, "households": 9, "method": "doors"}
    return begin(ScreeningRound, actor=worker, agency_id=worker.agency_id, **plan)


def a_meeting() -> JointMeeting:
    worker, soon = a_caseworker(), timezone.now() + timedelta(days=3)
    plan = {"kind": "regular", "meets_at": soon, "agenda": "一、通报季度数据", "invited": [justice().pk]}
    return begin(JointMeeting, actor=worker, agency_id=worker.agency_id, **plan)


def a_bulletin() -> Bulletin:
    worker = a_caseworker()
    text = {"kind": "brief", "heading": "季度工作简报", "text": "本季度告诫书送达工作平稳"}
    return begin(Bulletin, actor=worker, agency_id=worker.agency_id, **text)


def _a_proposal() -> Any:
    """One waits at a time: those made before are decided."""
    for one in Proposal.objects.filter(state="proposed"):
        force_state(one, "refused")
    return a_proposal()


def _a_leave() -> Any:
    worker = a_caseworker()
    return services.ask_to_read(a_child(a_case(worker), worker), actor=worker, why="danger")


def a_glass() -> Any:
    case = a_case(a_caseworker())
    stranger = a_caseworker(another_federation())
    return services.break_glass(case.reference, actor=stranger, why="danger", reason="她正在被追打")


def _an_interview() -> Any:
    worker = a_caseworker()
    case = a_case(worker)
    heard = with_victim(case, worker)
    given = {"person": heard.pk, "by": "police", "purpose": "criminal", "subjects": ["violence"]}
    return begin(Interview, actor=worker, case=case, **given)


def a_shredding() -> Any:
    """Of somebody who was entered by mistake."""
    worker = a_caseworker()
    case = a_case(worker)
    return services.ask_to_shred(case, actor=worker, why="mistake", person=with_victim(case, worker))


MAKERS: dict[str, Maker] = {
    "errand": in_state(an_errand),
    "case": in_state(lambda: a_case(a_caseworker())),
    "mandatory_report": of_a_case(MandatoryReport, duty="minor", situations=["MR4"], account="手臂多处淤青"),
    "guardianship": of_a_case(
        Guardianship, ward="minor", grounds=["harm"], applicant="federation", account="长期殴打"
    ),
    "family_mediation": in_state(a_mediation),
    "petition": of_a_case(Petition, source="direct", category="marriage", named=True, summary="请求帮助协调"),
    "warning_letter": of_a_case(WarningLetter, letter_type="dv", origin="federation"),
    "follow_up_visit": of_a_case(FollowUpVisit, basis="danger", due_at=timezone.now()),
    "key_watch": of_a_case(
        KeyWatch,
        source="grid",
        grounds=["repeated"],
        level=3,
        review_on=timezone.localdate() + timedelta(days=9),
    ),
    "screening_round": in_state(a_round),
    "supervision": of_a_case(
        Supervision, subject="wrong", facts_of_matter="该妇女三次投诉未受理", demand="请依法查处"
    ),
    "bulletin": in_state(a_bulletin),
    "case_conference": of_a_case(
        CaseConference, ground="repeated", basis="consent", brief="三个月内报警四次"
    ),
    "joint_meeting": in_state(a_meeting),
    "collection_round": in_state(a_collection_round),
    "unit_submission": in_state(a_submission),
    "early_warning": in_state(an_early_warning),
    "unit_paper": in_state(a_paper),
    "plan_inspection": in_state(an_inspection),
    "plan_report": in_state(a_plan_report),
    "plan_record": in_state(a_record),
    "plan_proposal": in_state(_a_proposal),
    "published_case": of_a_case(
        PublishedCase, heading="告诫之后", text="一位妇女在警方告诫后恢复了平静的生活", place_told="none"
    ),
    "joint_talk": of_a_case(
        JointTalk, subject="pay", employer="某商贸公司", facts_of_matter="同岗不同酬", demand="补发差额"
    ),
    "shelter_stay": of_a_case(ShelterStay, subject="adult"),
    "perpetrator_intervention": in_state(a_file),
    "referral": of_a_case(Referral, service="legal_aid", urgency="days"),
    "consent": lambda state: of_a_case(
        Consent,
        agency=justice(),
        service="legal_aid",
        ends_on=timezone.localdate(),
        given_by="herself",
        how="spoken",
    )(state),
    "criminal_track": of_a_case(CriminalTrack),
    "no_contact_order": of_a_case(NoContactOrder),
    "protection_order": of_a_case(ProtectionOrder),
    "recovery_plan": of_a_case(RecoveryPlan, whose="woman", fields=["mind"]),
    "interview": in_state(_an_interview),
    "minor_access": in_state(_a_leave),
    "export": in_state(_an_export),
    "shredding": in_state(a_shredding),
    "break_glass": in_state(a_glass),
    "call": in_state(lambda: answer_call(actor=an_operator(), now=timezone.now())),
}
