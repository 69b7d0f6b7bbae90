"""The story of a file: opened, a body asked, taken up, sessions, a breach, completed; and its other ends."""

from typing import Any

import pytest

from casework import services
from casework.models import Happening, Task
from casework.suggestions import suggestions_for
from privacy.reading import reveal
from tests.people import a_caseworker, a_policeman, justice
from tests.perpetrator_intervention.files import (
    HIM,
    a_case_of_two,
    a_file,
    a_justice_worker,
    asked,
    running,
    session,
)
from tests.protection_orders.orders import at
from tests.warning_letter.letters import letter_in
from workflow.engine import perform
from workflow.models import OutboxMessage, StepRecord

pytestmark = pytest.mark.django_db


def told(file: Any) -> list[tuple[str, Any]]:
    sent = OutboxMessage.objects.filter(obj_id=file.pk).order_by("seq")
    return list(sent.values_list("kind", "agency_id"))


def test_a_file_lives_from_the_opening_to_the_end_of_the_course() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = a_file(worker)
    assert (file.state, file.against, file.forms, file.sex, file.age_band, file.weapon) == (
        "proposed", "partner", ["physical"], "m", "30-44", True,
    )  # fmt: skip
    perform(file, "ask", actor=worker, programme="course", agency=justice(), planned=2, account="请每周一次")
    perform(file, "take_up", actor=holder, at=at("2026-03-02"))
    session(file, holder, "absent", at=at("2026-03-09"))
    session(file, holder, at=at("2026-03-16"), attitude="denies", account="否认动手")
    session(file, holder, at=at("2026-03-23"), attitude="partly", account="承认推搡")
    perform(file, "complete", actor=holder, outcome="unsure")
    rows = list(file.sessions.values_list("attendance", "attitude"))
    assert (file.state, file.attended, rows, told(file)) == (
        "completed", 2, [("absent", ""), ("came", "denies"), ("came", "partly")],
        [("intervention_asked", holder.agency_id), ("intervention_running", file.home_id),
         ("intervention_completed", file.home_id)],
    )  # fmt: skip


def test_the_federation_holds_it_itself() -> None:
    worker = a_caseworker()
    file = a_file(worker)
    perform(file, "hold_ourselves", actor=worker, programme="education", planned=1)
    session(file, worker, held="education")
    perform(file, "complete", actor=worker, outcome="changed")
    assert (file.state, file.agency_id, told(file)) == ("completed", worker.agency_id, [])


def test_whoever_declines_is_rid_of_the_file_and_another_body_is_asked() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = asked(worker)
    perform(file, "decline", actor=holder, reason="没有开班")
    file.refresh_from_db()
    gone = type(file).objects.visible_to(holder).filter(pk=file.pk).exists()
    assert (file.state, file.agency_id, gone, told(file)[-1]) == (
        "proposed", None, False, ("intervention_declined", file.home_id),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "timeline", "task"),
    [
        ("threat", ["threat"], "welfare_check"), ("contact", ["threat"], "welfare_check"),
        ("violence", ["incident"], "welfare_check"), ("absence", [], "other"), ("disturbs", [], "other"),
    ],
)  # fmt: skip
def test_danger_heard_there_reaches_her_case_as_a_code_and_no_word(
    kind: str, timeline: list[str], task: str
) -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    perform(file, "record_breach", actor=holder, breach=kind, account="说要去学校找孩子")
    rows = Happening.objects.filter(case=file.case, kind__in=("threat", "incident"))
    kinds = set(Task.objects.filter(case=file.case, done_at=None).values_list("kind", flat=True))
    assert ([row.kind for row in rows], [row.details for row in rows if row.details], task in kinds) == (
        timeline, [], True,
    )  # fmt: skip


def test_two_absences_in_a_row_are_told() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    for attendance in ("absent", "came", "refused", "absent"):
        session(file, holder, attendance)
    assert [kind for kind, _body in told(file)].count("intervention_missed") == 1


def test_what_was_broken_off_is_taken_up_again_or_given_up() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    perform(file, "break_off", actor=holder, reason="外出务工")
    perform(file, "resume", actor=holder)
    perform(file, "break_off", actor=holder, reason="再次失联")
    perform(file, "close", actor=worker, reason="无法联系")
    assert (file.state, file.ended_on is not None) == ("closed", True)


def test_a_standing_letter_calls_for_a_file_and_the_session_for_its_record() -> None:
    worker = a_caseworker()
    letter = letter_in("issued", worker)
    perform(letter, "note_notice", actor=a_policeman())
    first = [hint.url for hint in suggestions_for(letter.case, worker) if hint.law == "W14"]
    file = a_file(worker, letter.case)
    perform(file, "hold_ourselves", actor=worker, programme="education")
    session(file, worker, held="education")
    then = [hint.url for hint in suggestions_for(letter.case, worker) if hint.law == "W14"]
    assert (len(first), "open/perpetrator_intervention" in first[0], len(then), then[0].endswith("record_education")) == (
        1, True, 1, True,
    )  # fmt: skip


def test_of_several_perpetrators_the_chosen_one_stands_in_the_file() -> None:
    worker = a_caseworker()
    case = a_case_of_two(worker)
    services.add_person(case, actor=worker, role="respondent", name="赵某父", sex="m", age=66)
    file = a_file(worker, case, whom="2")
    opened = reveal(file, "name", actor=worker)
    assert (opened["name"], opened["name"] == HIM, file.age_band) == ("赵某父", False, "60+")


def test_the_steps_carry_codes_for_counting_and_nothing_of_the_case() -> None:
    worker, holder = a_caseworker(), a_justice_worker()
    file = running(worker, holder)
    session(file, holder)
    step = StepRecord.objects.get(obj_id=file.pk, move="record_session")
    assert (step.subject_id, step.facts) == (
        file.pk,
        {"home": str(file.home_id), "basis": "letter", "programme": "course", "against": "partner", "attended": 0,
         "held": "course", "attendance": "came"},
    )  # fmt: skip
