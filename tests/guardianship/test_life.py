"""The whole life of a guardianship matter, and its branches."""

from datetime import timedelta
from typing import Any

import pytest

from casework import services
from casework.happenings import HappeningKind as K
from casework.measures.guardianship.models import Guardianship
from casework.models import Happening, Task
from casework.suggestions import suggestions_for
from tests.guardianship.matters import START, a_case_with_a_guardian, a_civil_servant, matter_in, prepared
from tests.people import a_caseworker, a_judge
from workflow.engine import perform
from workflow.models import OutboxMessage
from workflow.sweep import sweep
from workflow.when import When

pytestmark = pytest.mark.django_db


def kinds(matter: Guardianship) -> list[str]:
    return list(Happening.objects.filter(case=matter.case_id).values_list("kind", flat=True))


def test_from_temporary_care_to_a_new_guardian() -> None:
    worker, servant, judge = a_caseworker(), a_civil_servant(), a_judge()
    matter = prepared(worker)
    perform(matter, "place", actor=servant, temporary_by="civil_affairs")
    perform(matter, "file", actor=worker)
    perform(matter, "accept", actor=judge, court_number="（2026）内0703民特3号")
    perform(matter, "revoke", actor=judge, judgment_number="（2026）内0703民特3号")
    perform(matter, "appoint", actor=judge, new_guardian="relative", new_guardian_name="李秀英")
    perform(matter, "end_care", actor=servant, end_of_care="appointed")
    assert (matter.state, matter.in_care, kinds(matter)) == (
        "appointed", False,
        [K.TEMPORARY_CARE_PLACED, K.GUARDIANSHIP_REVOCATION_APPLIED, K.GUARDIANSHIP_REVOKED, K.GUARDIAN_APPOINTED],
    )  # fmt: skip


def test_each_body_is_told_what_concerns_it() -> None:
    worker, judge, servant = a_caseworker(), a_judge(), a_civil_servant()
    matter = prepared(worker)
    perform(matter, "place", actor=worker, temporary_by="civil_affairs")
    perform(matter, "file", actor=worker)
    perform(matter, "revoke", actor=judge)
    sent = list(
        OutboxMessage.objects.filter(obj_id=matter.pk).order_by("seq").values_list("agency_id", "kind")
    )
    assert sent == [
        (servant.agency_id, "guardianship_care"), (judge.agency_id, "guardianship_filed"),
        (worker.agency_id, "guardianship_decided"), (servant.agency_id, "guardianship_decided"),
    ]  # fmt: skip


@pytest.mark.parametrize(("move", "state"), [("dismiss", "dismissed"), ("withdraw", "withdrawn")])
def test_a_guardian_who_stays_asks_for_a_new_look_at_the_danger(move: str, state: str) -> None:
    worker = a_caseworker()
    matter = matter_in("accepted", worker)
    services.judge_danger(matter.case, actor=worker, level="high", reason="孩子可能回到加害人身边")
    perform(matter, move, actor=a_judge(), reason="证据不足")
    tasks = Task.objects.filter(case=matter.case_id, kind="reassess_danger", done_at=None)
    assert (matter.state, tasks.count()) == (state, 1)


def test_it_may_be_given_up_before_filing() -> None:
    matter = prepared()
    perform(matter, "not_pursue", actor=a_caseworker(), reason="母亲已变更抚养关系")
    assert matter.state == "not_pursued"


def test_a_former_guardian_may_ask_again() -> None:
    matter, judge = matter_in("restore_asked", a_caseworker()), a_judge()
    perform(matter, "refuse_restore", actor=judge, reason="未有悔改表现")
    perform(matter, "ask_restore", actor=judge)
    perform(matter, "restore", actor=judge)
    assert matter.state == "restored"


def test_after_a_year_it_is_settled_by_itself() -> None:
    matter = matter_in("appointed", a_caseworker())
    sweep(START + timedelta(days=400))
    matter.refresh_from_db()
    assert matter.state == "settled"


def test_a_guardian_who_is_the_perpetrator_is_a_hint() -> None:
    worker = a_caseworker()
    case = a_case_with_a_guardian(worker)

    def hints() -> list[str]:
        return [hint.law for hint in suggestions_for(case, worker) if "guardianship" in hint.url]

    before = hints()
    matter = prepared(worker, case)
    between = hints()
    perform(matter, "place", actor=worker, temporary_by="relative")
    assert (before, between, hints()) == (["A21"], [], ["G05"])


def test_a_mistake_is_mended_before_filing() -> None:
    matter = prepared()
    fields: dict[str, Any] = {
        "ward": "adult",
        "grounds": ["neglect"],
        "applicant": "civil_affairs",
        "account": "无人照料",
    }
    perform(matter, "amend", actor=a_caseworker(), **fields)
    assert (matter.ward, matter.grounds, matter.applicant) == ("adult", ["neglect"], "civil_affairs")


def test_times_that_nobody_knows_can_be_recorded() -> None:
    matter = matter_in("appointed", a_caseworker(), at=When.unknown())
    assert matter.state == "appointed"
