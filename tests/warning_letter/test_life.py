"""The story of a letter: asked for, taken up, issued, served, visited, broken, visited again, ended; and its other ends."""

from typing import Any

import pytest

from agencies.actor import Actor
from agencies.kinds import AgencyKind
from casework import services
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case, Happening, Task
from tests.casework.cases import ALL_NO
from tests.people import a_caseworker, a_policeman, an_agency, committee_agency, town
from tests.protection_orders.orders import a_full_case, at
from tests.warning_letter.letters import drafted, letter_in, with_plan
from workflow.engine import perform
from workflow.models import Deadline, OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def running(letter: WarningLetter) -> set[str]:
    return set(Deadline.objects.live().filter(obj_id=letter.pk).values_list("clock", flat=True))


def verdicts(letter: WarningLetter) -> set[tuple[str, str]]:
    return set(
        Deadline.objects.filter(obj_id=letter.pk)
        .exclude(closed_at=None)
        .values_list("clock", "state")
    )  # fmt: skip


def told(letter: WarningLetter) -> list[tuple[str, Any]]:
    sent = OutboxMessage.objects.filter(obj_id=letter.pk, kind__startswith="letter_").order_by("seq")
    return list(sent.values_list("kind", "agency_id"))


def visit(letter: WarningLetter, officer: Actor, day: str, found_by: str = "police") -> None:
    perform(letter, "visit_clean", actor=officer, at=at(day), found_by=found_by, account="未发现再犯")


def served(worker: Actor, officer: Actor) -> WarningLetter:
    """From the request to service in January."""
    case = with_plan(a_full_case(worker), worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    case.refresh_from_db()
    letter = letter_in(
        "issued", worker, case=case,
        times={
            "drafted": "2026-01-02 08:00", "requested": "2026-01-02 09:00", "accepted": "2026-01-02 10:00",
            "issued": "2026-01-04 10:00",
        },
    )  # fmt: skip
    assert (letter.state, running(letter)) == ("issued", {"wl_notify_wf"})
    perform(letter, "note_notice", actor=worker, at=at("2026-01-04 15:00"))
    assert running(letter) == {"wl_wf_education"}
    perform(letter, "ask_service", actor=worker)
    perform(
        letter, "serve", actor=officer, at=at("2026-01-05 10:00"), refused_to_sign=True, refusal_on_video=True
    )
    return letter


def test_a_letter_lives_from_the_request_to_the_third_clean_visit() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = served(worker, officer)
    assert running(letter) == {"wl_wf_education", "wl_first_visit_7d"}

    perform(letter, "record_education", actor=worker, at=at("2026-01-08"), account="当面讲解，态度尚可")
    visit(letter, officer, "2026-01-11")
    assert (letter.clean_visits, running(letter)) == (0, {"wl_quarterly_visit"})

    for day, by in (("2026-04-10", "together"), ("2026-07-09", "committee"), ("2026-10-08", "police")):
        visit(letter, officer, day, by)
    assert (letter.clean_visits, running(letter)) == (3, set())
    perform(letter, "end", actor=officer)
    assert (letter.state, verdicts(letter)) == (
        "ended",
        {
            ("wl_decision_72h", "met"), ("wl_issue_72h_imar", "met"), ("wl_notify_wf", "unknown"),
            ("wl_wf_education", "met"), ("wl_first_visit_7d", "met"), ("wl_quarterly_visit", "met"),
        },
    )  # fmt: skip


def test_its_steps_stand_on_the_timeline_of_the_case() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = served(worker, officer)
    visit(letter, officer, "2026-01-11", "committee")
    found = Happening.objects.filter(case=letter.case).order_by("seq").values_list("kind", "actor_body")
    assert list(found) == [("warning_letter_served", "police"), ("visit_done", "committee")]


def test_service_asks_for_a_new_look_at_the_danger_and_for_a_visit_to_her() -> None:
    letter = served(a_caseworker(), a_policeman())
    open_tasks = set(Task.objects.filter(case=letter.case, done_at=None).values_list("kind", "reason"))
    assert open_tasks >= {("reassess_danger", "letter_served"), ("wf_visit", "")}


def test_the_committee_and_the_governance_centre_are_told_with_the_federation() -> None:
    committee = committee_agency()
    centre = an_agency(AgencyKind.GOVERNANCE_CENTRE, "灵泉镇综治中心", area=town())
    letter = letter_in("issued", a_caseworker())
    perform(letter, "note_notice", actor=a_policeman())
    told_now = [body for kind, body in told(letter) if kind == "letter_notice"]
    assert told_now == [letter.home_id, committee.pk, centre.pk]


def test_where_a_town_has_no_centre_that_of_the_district_is_told() -> None:
    committee = committee_agency()
    centre = an_agency(AgencyKind.GOVERNANCE_CENTRE, "扎赉诺尔区综治中心")
    letter = letter_in("issued", a_caseworker())
    perform(letter, "note_notice", actor=a_policeman())
    assert [body for kind, body in told(letter) if kind == "letter_notice"][1:] == [committee.pk, centre.pk]
    Case.objects.update(area=None)
    letter.refresh_from_db()
    perform(letter, "serve", actor=a_caseworker())
    assert [body for kind, body in told(letter) if kind == "letter_served"][-1] == centre.pk


def test_whoever_acted_is_not_told_of_it() -> None:
    letter = letter_in("accepted", a_caseworker())
    assert told(letter) == [
        ("letter_requested", letter.police_agency_id),
        ("letter_accepted", letter.home_id),
    ]


def test_the_police_begin_without_being_asked() -> None:
    worker = a_caseworker()
    letter = drafted(worker, origin="police")
    officer = a_policeman()
    perform(letter, "learn", actor=worker, police_agency=officer.agency_id, at=at("2026-03-02 10:00"))
    assert (letter.state, letter.origin, running(letter)) == (
        "accepted", "police", {"wl_decision_72h", "wl_issue_72h_imar"},
    )  # fmt: skip


def test_the_notice_makes_legal_education_a_task_and_education_ends_it() -> None:
    worker = a_caseworker()
    letter = letter_in("issued", worker)
    perform(letter, "note_notice", actor=worker)
    before = Task.objects.filter(case=letter.case, kind="legal_education", done_at=None).count()
    perform(letter, "record_education", actor=worker)
    after = Task.objects.filter(case=letter.case, kind="legal_education", done_at=None).count()
    assert (before, after) == (1, 0)


@pytest.mark.parametrize(
    ("move", "takes", "state", "notice"),
    [
        ("criticise", {"reason": "情节轻微且已谅解"}, "criticised", "letter_criticised"),
        ("penalise", {"penalty": "detention"}, "penalised", "letter_penalised"),
        ("prosecute", {}, "prosecuted", "letter_prosecuted"),
        ("refuse", {"reason": "证据不足"}, "refused", "letter_refused"),
    ],
)
def test_the_police_decide_otherwise(move: str, takes: dict[str, Any], state: str, notice: str) -> None:
    letter = letter_in("accepted", a_caseworker())
    perform(letter, move, actor=a_policeman(), at=at("2026-03-04 09:00"), **takes)
    assert (letter.state, letter.ended_on is not None, told(letter)[-1], verdicts(letter)) == (
        state, True, (notice, letter.home_id), {("wl_decision_72h", "met"), ("wl_issue_72h_imar", "cancelled")},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("grounds", "move", "asked"),
    [
        (["victim_asks"], "criticise", True), (["other"], "criticise", False),
        (["other"], "refuse", True), (["not_forgiven"], "refuse", True),
    ],
)  # fmt: skip
def test_where_a_letter_was_due_somebody_asks_why_there_is_none(
    grounds: list[str], move: str, asked: bool
) -> None:
    letter = letter_in("accepted", a_caseworker(), request={"grounds": grounds})
    perform(letter, move, actor=a_policeman(), reason="情节轻微")
    assert Task.objects.filter(case=letter.case, obj_id=letter.pk, kind="other").exists() == asked


def test_new_violence_begins_the_row_again_and_calls_for_a_penalty() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = served(worker, officer)
    visit(letter, officer, "2026-01-11")
    visit(letter, officer, "2026-04-10")
    perform(
        letter,
        "report_relapse",
        actor=worker,
        at=at("2026-05-01 20:00"),
        relapse_kind="violence",
        account="再次殴打",
    )
    assert (letter.state, letter.clean_visits, letter.relapses, str(letter.relapsed_on)) == (
        "relapsed", 0, 1, "2026-05-01",
    )  # fmt: skip
    perform(letter, "punish", actor=officer, ground="violence", penalty="detention", at=at("2026-05-02"))
    assert (letter.state, running(letter)) == ("penalised", {"wl_wf_education"})


def test_defiance_is_punished_by_itself() -> None:
    letter = letter_in("served", a_caseworker())
    perform(
        letter,
        "report_relapse",
        actor=a_policeman(),
        at=at("2026-03-20"),
        relapse_kind="defiance",
        account="纠缠",
    )
    perform(letter, "punish", actor=a_policeman(), ground="defiance", penalty="fine")
    step = StepRecord.objects.get(obj_id=letter.pk, move="punish")
    assert (letter.state, step.facts["ground"], step.facts["penalty"], step.facts["relapse_kind"]) == (
        "penalised", "defiance", "fine", "defiance",
    )  # fmt: skip


def test_after_a_relapse_was_dealt_with_three_clean_visits_are_counted_anew() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = served(worker, officer)
    visit(letter, officer, "2026-01-11")
    takes: dict[str, Any] = {"found_by": "police", "account": "邻居反映又动手", "relapse_kind": "violence"}
    perform(letter, "visit_relapse", actor=officer, at=at("2026-01-30"), **takes)
    perform(letter, "resume", actor=officer, at=at("2026-02-05"), reason="已批评并责令悔改")
    assert running(letter) == {"wl_wf_education", "wl_quarterly_visit"}
    for day in ("2026-05-04", "2026-08-03", "2026-11-02"):
        visit(letter, officer, day)
    perform(letter, "end", actor=officer)
    assert letter.state == "ended"


def test_violence_before_service_does_not_stop_service() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("issued", worker)
    perform(letter, "report_relapse", actor=worker, at=at("2026-03-04"), account="得知告诫书后打人")
    perform(letter, "serve", actor=officer, at=at("2026-03-05 10:00"))
    assert (letter.state, running(letter)) == ("served", {"wl_notify_wf", "wl_first_visit_7d"})


def test_a_letter_for_sexual_harassment_has_no_clocks_of_domestic_violence() -> None:
    worker, officer = a_caseworker(), a_policeman()
    letter = letter_in("served", worker, draft={"letter_type": "harassment"})
    perform(letter, "note_notice", actor=worker)
    perform(letter, "end", actor=officer)
    assert (letter.state, Deadline.objects.filter(obj_id=letter.pk).count()) == ("ended", 0)


def test_a_request_is_dropped_and_the_station_is_told() -> None:
    worker = a_caseworker()
    letter = letter_in("requested", worker)
    perform(letter, "drop", actor=worker, reason="她改变了主意")
    assert (letter.state, told(letter)[-1]) == ("dropped", ("letter_dropped", letter.police_agency_id))
