"""Mandatory reports for tests: made the way the product makes them, from inside and from outside."""

from typing import Any

from django.test import Client

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from casework.measures.mandatory_report.models import MandatoryReport
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, a_policeman, an_actor, an_agency, federation, police, town
from workflow.engine import begin, perform

FORM = "/report/form"
TEACHER, KINDERGARTEN, TEACHER_PHONE = "白雪梅", "灵泉中心幼儿园", "13904701234"
TYPED: dict[str, Any] = {
    "duty": "minor", "situations": ["MR4", "MR6"], "account": "手臂和后背多处淤青，说是被打的。", "injury": "左臂三处",
    "found_on": "2026-03-02", "found_at": "08:40", "found_how": "injury", "area": "150703100", "place": "灵泉镇三道街",
    "victim_name": "小雨", "victim_age": "5", "victim_sex": "f", "suspect_name": "赵某强", "suspect_relation": "2_parent_child",
    "unit": "kindergarten", "unit_name": KINDERGARTEN, "reporter_name": TEACHER, "reporter_phone": TEACHER_PHONE,
    "told_police": "no",
}  # fmt: skip


def ground() -> None:
    """The bodies of the district that a report from outside needs."""
    federation()
    town()
    police()


def send(client: Client, *, key: str = "form-1", address: str = FORM, **changes: Any) -> Any:
    """The last button of the form; a field given as None is left out."""
    typed = {name: value for name, value in (TYPED | changes).items() if value is not None}
    return client.post(address, {**typed, "key": key, "page": "5", "go": "send"})


def a_teacher() -> Actor:
    return an_actor(Role.LIAISON, an_agency(AgencyKind.SCHOOL, "扎赉诺尔区第一中学"))


def a_prosecutor() -> Actor:
    return an_actor(Role.LIAISON, an_agency(AgencyKind.PROCURATORATE, "扎赉诺尔区人民检察院"))


def found(worker: Actor | None = None, case: Case | None = None, **fields: Any) -> MandatoryReport:
    """Found by the federation itself, about a minor."""
    worker = worker or a_caseworker()
    if case is None:
        case = a_case(worker, matter="child_abuse", relation="2_parent_child", area=town(), flags=["minor"])
        with_victim(case, worker, name="小雨", age=5, phone="", id_number="")
    given: dict[str, Any] = {"duty": "minor", "situations": ["MR4"], "account": "后背有新伤。"} | fields
    report: MandatoryReport = begin(MandatoryReport, actor=worker, case=case, **given)
    return report


def report_in(state: str, worker: Actor, **fields: Any) -> MandatoryReport:
    """A report that came as far as this state by its own moves."""
    police()
    report, officer = found(worker, **fields), a_policeman()
    road: dict[str, list[tuple[str, Actor, dict[str, Any]]]] = {
        "found": [],
        "reported": [("report", worker, {"station": "110"})],
        "taken": [("report", worker, {}), ("take_up", officer, {"police_receipt": "受案〔2026〕12号"})],
        "answered": [
            ("report", worker, {}), ("take_up", officer, {"police_receipt": "受案〔2026〕12号"}),
            ("feed_back", officer, {"outcome": "criminal", "answer": "已刑事立案。"}),
        ],
        "proposed": [("propose_not", worker, {"reason": "经核实是旧伤，已就医。"})],
        "missed": [("miss", worker, {"missed_unit": "hotel"})],
    }  # fmt: skip
    for name, actor, takes in road[state]:
        perform(report, name, actor=actor, **takes)
    return report
