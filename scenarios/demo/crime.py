"""Invented criminal matters and no-contact orders: under appraisal, charged, convicted; running, ending, broken."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from casework.codes import Form
from casework.measures.criminal_track.models import CriminalTrack
from casework.measures.no_contact_order.models import NoContactOrder
from casework.models import Case
from workflow.engine import begin, perform

if TYPE_CHECKING:
    from scenarios.demo.stories import Teller

FORBIDDEN = ["meeting", "calling", "others"]


def tell_crime(teller: "Teller", case: Case, number: int) -> None:
    """Every sixth case has a criminal matter; where she is followed, every other one a no-contact order."""
    if number % 6 == 1:
        _track(teller, case, number // 6 % 3)
    if Form.STALKING in case.forms and number % 2 == 0:
        _order(teller, case, number // 2 % 3)


def _track(teller: "Teller", case: Case, kind: int) -> None:
    police, worker, day = teller.cast.police, teller.cast.caseworker, teller.day
    first = teller.now - (3, 30, 5)[kind] * day
    row = begin(
        CriminalTrack,
        actor=worker,
        case=case,
        police_agency=police.agency_id,
        offences=["234"],
        **teller.at(first),
    )
    steps: tuple[tuple[str, float, dict[str, Any]], ...] = (
        ("take_injury", 0.1, {}), ("commission", 0.5, {"appraisal": "simple" if kind else "complex"}),
    )  # fmt: skip
    if kind:
        steps += (
            ("opine", 1, {"grade": "light_2"}),
            ("certify", 2, {}),
            ("file", 2.5, {"case_number": "刑立〔2026〕15号"}),
        )
    if kind == 1:
        steps += (("detain", 3, {"custody": "held"}), ("transfer", 20, {}))
    for name, days, takes in steps:
        perform(row, name, actor=police, **takes, **teller.at(first + days * day))


def _order(teller: "Teller", case: Case, kind: int) -> None:
    police, worker, day = teller.cast.police, teller.cast.caseworker, teller.day
    asked = teller.now - 6 * day
    row = begin(NoContactOrder, actor=worker, case=case, **teller.at(asked))
    takes: dict[str, Any] = {"police_agency": police.agency_id, "conduct": ["clinging", "following"]}
    perform(row, "ask", actor=worker, account="下班路上多次尾随。", **takes, **teller.at(asked))
    if kind == 0:
        return
    end = timezone.localdate(teller.now) + timedelta(days=(0, 80, 9)[kind])
    made: dict[str, Any] = {
        "approved": True,
        "forbidden": FORBIDDEN,
        "ends_on": end,
        "number": "禁触〔2026〕4号",
    }
    perform(row, "order", actor=police, **made, **teller.at(asked + day))
    perform(row, "tell", actor=police, **teller.at(asked + 1.2 * day))
    if kind == 2:
        perform(
            row, "report_breach", actor=worker, account="又到单位门口等候。", **teller.at(teller.now - day)
        )
