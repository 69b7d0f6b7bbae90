"""Sites, places and stays for tests: made the way the product makes them, at times that are passed in."""

from typing import Any

from django.utils import timezone

from agencies.actor import Actor
from agencies.kinds import Role
from agencies.models import Agency
from casework import services
from casework.measures.shelter_stay.models import Place, ShelterStay
from casework.measures.shelter_stay.services import add_place, add_site
from casework.models import Case
from tests.casework.cases import ALL_NO, a_case
from tests.people import a_caseworker, an_actor, civil_affairs
from tests.protection_orders.orders import at
from workflow.engine import begin, perform

__all__ = ["at"]
ADDRESS = "金丝雀胡同七号院"
CODE = "木兰"


def a_warden(agency: Agency | None = None) -> Actor:
    """Somebody posted at the shelter."""
    return an_actor(Role.LIAISON, agency or civil_affairs())


def a_place(warden: Actor | None = None, *, kind: str = "woman", capacity: int = 1, **site: Any) -> Place:
    warden = warden or a_warden()
    given: dict[str, Any] = {"code": CODE, "address": ADDRESS, "apart": True, "norm_days": 10, **site}
    made = add_site(actor=warden, **given)
    return add_place(made, actor=warden, number="101", kind=kind, capacity=capacity)


def assessed(worker: Actor) -> Case:
    case = a_case(worker)
    services.assess_danger(case, actor=worker, answers=ALL_NO)
    case.refresh_from_db()
    return case


def requested(
    worker: Actor | None = None, *, case: Case | None = None, subject: str = "adult", **takes: Any
) -> ShelterStay:
    worker = worker or a_caseworker()
    stay = begin(ShelterStay, actor=worker, case=case or assessed(worker), subject=subject)
    given: dict[str, Any] = {"agency": civil_affairs().pk, "source": "self", **takes}
    perform(stay, "request", actor=worker, **given)
    return stay


def inside(warden: Actor, *, came: str = "", place: Place | None = None, **more: Any) -> ShelterStay:
    """Taken in at `came` (now, if not said)."""
    stay = requested(**more)
    takes: dict[str, Any] = {"place": place.pk} if place else {}
    perform(stay, "admit", actor=warden, at=at(came) if came else None, **takes)
    return stay


def day(text: str) -> Any:
    return timezone.localdate(at(text).earliest)
