"""The story of a criminal matter: taken up, appraised, filed, passed on, charged, judged, appealed, judged again, ended."""

import pytest

from casework.measures.criminal_track.models import CriminalTrack
from casework.models import Happening, Task
from casework.services import assess_danger
from tests.casework.cases import ALL_NO
from tests.criminal_track.matters import a_prosecutor, a_track, brought, procuratorate
from tests.people import a_caseworker, a_judge, a_policeman, court
from tests.protection_orders.orders import at
from workflow.engine import perform
from workflow.models import Deadline, OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def verdicts(track: CriminalTrack) -> dict[str, str]:
    return dict(Deadline.objects.filter(obj_id=track.pk).values_list("clock", "state"))


def test_a_criminal_matter_lives_from_the_report_to_the_last_judgment() -> None:
    worker, officer, prosecutor, judge = a_caseworker(), a_policeman(), a_prosecutor(), a_judge()
    track = a_track(worker)
    perform(track, "take_injury", actor=officer, at=at("2026-03-02 12:00"), case_number="刑（2026）15号")
    perform(track, "commission", actor=officer, at=at("2026-03-02 18:00"), appraisal="simple")
    perform(track, "opine", actor=officer, at=at("2026-03-03 10:00"), grade="light_2")
    perform(track, "certify", actor=officer, at=at("2026-03-05 10:00"))
    perform(track, "file", actor=officer, at=at("2026-03-05 15:00"))
    perform(track, "detain", actor=officer, at=at("2026-03-05 16:00"), custody="held")
    perform(track, "transfer", actor=officer, at=at("2026-05-10"), procuratorate_agency=procuratorate())
    perform(track, "send_back", actor=prosecutor, at=at("2026-05-20"), reason="补充侦查")
    perform(track, "transfer", actor=officer, at=at("2026-06-10"))
    perform(track, "prosecute", actor=prosecutor, at=at("2026-07-01"), court_agency=court())
    perform(track, "convict", actor=judge, at=at("2026-09-01"), verdict="prison", months=19)
    perform(track, "appeal", actor=judge, at=at("2026-09-08"))
    perform(
        track, "convict", actor=judge, at=at("2026-11-01"), verdict="probation", months=19, victim_order=True
    )
    perform(track, "end", actor=worker, reason="判决生效")
    assert (track.state, track.grade, track.verdict, track.victim_order, verdicts(track)) == (
        "ended", "light_2", "probation", True,
        {"injury_appraisal_commission_24h": "met", "injury_appraisal_opinion_24h": "met", "injury_appraisal_document_3d": "met"},
    )  # fmt: skip
    assert list(Happening.objects.filter(case=track.case).values_list("kind", flat=True)) == [
        "injury_appraisal_commissioned", "injury_appraisal_done", "case_filed", "criminal_detention", "prosecution",
        "conviction", "conviction",
    ]  # fmt: skip


def test_a_later_step_can_be_all_that_is_known() -> None:
    worker = a_caseworker()
    track = brought(a_track(worker), worker, "convict")
    moves = list(StepRecord.objects.filter(obj_id=track.pk).values_list("move", flat=True))
    assert (track.state, moves) == ("convicted", ["report", "convict"])


def test_his_release_asks_for_her_danger_anew_and_tells_the_federation() -> None:
    worker, officer = a_caseworker(), a_policeman()
    track = a_track(worker)
    assess_danger(track.case, actor=worker, answers=ALL_NO)
    perform(track, "detain", actor=officer, custody="held")
    perform(track, "release", actor=officer, custody="bailed")
    task = Task.objects.get(case=track.case, kind="reassess_danger")
    told = OutboxMessage.objects.filter(obj_id=track.pk).values_list("agency_id", "kind")
    assert (task.reason, list(told)) == ("perpetrator_released", [(worker.agency_id, "crime_released")])


@pytest.mark.parametrize("way", [("decline",), ("file", "drop"), ("file", "not_prosecute")])
def test_what_was_stopped_can_be_looked_into_and_taken_up_again(way: tuple[str, ...]) -> None:
    worker = a_caseworker()
    track = brought(a_track(worker), worker, *way)
    perform(track, "ask_supervision", actor=worker, account="请求立案监督")
    perform(track, "reopen", actor=a_policeman(), reason="检察机关要求立案")
    assert track.state == "filed"
