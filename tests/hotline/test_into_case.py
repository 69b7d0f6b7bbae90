"""What a call brings into a case: drafts for her wishes, an interpreter, the danger that never looks smaller than it is."""

import pytest

from casework.codes import TaskKind
from casework.measures.shelter_stay.models import ShelterStay
from casework.measures.warning_letter.models import WarningLetter
from casework.models import Case, Note, SafeContact, Task
from casework.services import assess_danger, set_safe_contact
from hotline.outlook import outlook_of
from privacy.reading import reveal
from protection_orders.models import ProtectionOrder
from referrals.models import Referral
from tests.casework.cases import a_case, answers
from tests.hotline.calls import NO_SCALE, finished
from tests.people import a_caseworker, an_operator

pytestmark = pytest.mark.django_db


def test_her_wishes_become_drafts_and_nothing_leaves_the_house() -> None:
    wishes = [
        "police",
        "letter",
        "order",
        "shelter",
        "legal_aid",
        "medical",
        "counselling",
        "money",
        "children",
        "listen",
    ]
    finished("open_case", wishes=wishes)
    drafts = sorted(Referral.objects.values_list("service", "state"))
    assert drafts == [(one, "drafted") for one in (
        "child_protection", "counselling", "legal_aid", "livelihood", "medical",
    )]  # fmt: skip
    found = [model.objects.get().state for model in (WarningLetter, ProtectionOrder, ShelterStay)]
    assert (found, Task.objects.count()) == (
        ["drafted", "informed", "drafted"], 1,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["mn", "sign", "other"])
def test_another_language_brings_the_draft_for_an_interpreter(language: str) -> None:
    call = finished("open_case", language=language)
    referral = Referral.objects.get()
    assert (referral.service, referral.urgency, referral.state, call.case and call.case.language) == (
        "interpreter", "hours", "drafted", language,
    )  # fmt: skip


def test_the_page_says_so_before_saving() -> None:
    lines = [str(line.text) for line in outlook_of({"language": "mn", "wishes": ["legal_aid"]}).starts]
    assert [text for text in lines if "转介" in text] == ["转介草稿：法律援助", "转介草稿：翻译"]


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({}, "undetermined"),
        (NO_SCALE, "low"),
        (NO_SCALE | {"danger_9": "unknown"}, "undetermined"),
        (NO_SCALE | {"danger_9": ""}, "undetermined"),
        (NO_SCALE | {f"danger_{n}": "yes" for n in range(1, 5)}, "medium"),
        (NO_SCALE | {f"danger_{n}": "yes" for n in range(1, 7)}, "high"),
        ({"danger_F2": "yes"}, "high"),
        ({"judged_level": "high"}, "high"),
        (NO_SCALE | {"judged_level": "medium"}, "medium"),
        ({"danger_F1": "yes", "judged_level": "medium"}, "high"),
        ({"relation": "2_parent_child"} | NO_SCALE, "not_applicable"),
    ],
)
def test_the_level_while_the_scale_is_being_answered(given: dict[str, str], level: str) -> None:
    """Not answered is never no; a judgement goes upward only."""
    assert outlook_of(given).level == level


def test_half_a_scale_never_makes_a_dangerous_case_look_safer() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    assess_danger(case, actor=worker, answers=answers("1", "2", "3", "4", "5", "6"))
    finished("join_case", case=str(case.pk), danger_1="no")
    case.refresh_from_db()
    waiting = Task.objects.filter(case=case, kind=TaskKind.REASSESS_DANGER, done_at=None)
    assert (case.danger, case.assessments.count(), waiting.count()) == ("high", 1, 1)


def test_a_whole_scale_is_a_new_assessment() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    finished("join_case", case=str(case.pk), **NO_SCALE)
    case.refresh_from_db()
    assert (case.danger, case.assessments.count()) == ("low", 1)


def test_what_is_not_asked_again_stays_agreed() -> None:
    worker = a_caseworker()
    case = a_case(worker)
    hours = [{"days": [0, 1], "from": "09:00", "to": "11:00"}]
    set_safe_contact(case, actor=worker, hours=hours, code_word="快递", may_leave_message=True)
    finished("join_case", case=str(case.pk), cover_identity="社区体检")
    contact = SafeContact.objects.get()
    assert (contact.hours, contact.may_leave_message, reveal(contact, "code_word", actor=worker)) == (
        hours, True, {"code_word": "快递"},
    )  # fmt: skip


def test_where_she_was_and_what_she_tapped_is_told_to_the_next_worker() -> None:
    operator = an_operator()
    finished(
        "open_case", operator, safety="cannot_speak", place="灵泉镇三道街", called_110="on", tap_danger="yes",
        tap_near="yes", tap_police="yes", tap_hurt="unknown",
    )  # fmt: skip
    note = Note.objects.get()
    assert str(reveal(note, "text", actor=operator)["text"]).splitlines() == [
        "她当时所在的地方：灵泉镇三道街", "接线台已替她拨打110。", "您现在有危险吗？ 是", "他和您在同一间屋里吗？ 是",
        "要不要我叫警察到您那里去？ 是", "您受伤了吗？ 不详",
    ]  # fmt: skip
    assert Case.objects.get().wishes == ["police"]


@pytest.mark.parametrize(("first", "last"), [("09:00", "11:00"), ("22:00", "02:00")])
def test_safe_hours_come_from_the_call(first: str, last: str) -> None:
    """He works at night: hours past midnight are hours too."""
    finished("open_case", safe_from=first, safe_to=last, safe_days=["0", "2"])
    assert SafeContact.objects.get().hours == [{"days": [0, 2], "from": first, "to": last}]


def test_a_raised_alarm_where_the_scale_does_not_fit() -> None:
    call = finished(
        "open_case", relation="2_parent_child", judged_level="high", judged_reason="老人被绑在床上"
    )
    assert call.case is not None
    call.case.refresh_from_db()
    assert (call.case.danger, call.danger) == ("high", "high")
