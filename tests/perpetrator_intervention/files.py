"""Files for tests: made the way the product makes them."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework import services
from casework.measures.perpetrator_intervention.models import PerpetratorIntervention
from casework.models import Case
from tests.casework.cases import a_case, with_victim
from tests.people import a_caseworker, an_actor, justice, town
from workflow.engine import begin, perform

HIM, HIS_PHONE, ADDRESS, REPORTER = "赵某强", "13911112222", "河畔小区三号楼", "王邻居"


def a_justice_worker(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or justice())


def a_case_of_two(worker: Actor, **fields: Any) -> Case:
    """A victim with an address, a reporter, and a perpetrator with a name."""
    case = a_case(worker, area=town(), **fields)
    with_victim(case, worker, address=ADDRESS)
    services.record_reporter(case, actor=worker, name=REPORTER, phone="13700001111")
    services.add_person(
        case,
        actor=worker,
        role="respondent",
        name=HIM,
        phone=HIS_PHONE,
        sex="m",
        age=41,
        relation_to_victim="1_spouse",
    )
    services.record_incident(case, actor=worker, forms=["physical"], account="推倒在地", weapon=True)
    case.refresh_from_db()
    return case


def a_file(worker: Actor | None = None, case: Case | None = None, **takes: Any) -> PerpetratorIntervention:
    worker = worker or a_caseworker()
    given: dict[str, Any] = {"basis": "letter"} | takes
    return begin(PerpetratorIntervention, actor=worker, case=case or a_case_of_two(worker), **given)


def asked(worker: Actor, **takes: Any) -> PerpetratorIntervention:
    file = a_file(worker, takes.pop("case", None))
    given: dict[str, Any] = {"programme": "course", "agency": justice(), "planned": 2} | takes
    perform(file, "ask", actor=worker, **given)
    return file


def running(worker: Actor, holder: Actor, **takes: Any) -> PerpetratorIntervention:
    file = asked(worker, **takes)
    perform(file, "take_up", actor=holder)
    return file


def session(file: PerpetratorIntervention, actor: Actor, attendance: str = "came", **takes: Any) -> None:
    given: dict[str, Any] = {"held": "course", "attendance": attendance} | takes
    perform(file, "record_session", actor=actor, **given)
