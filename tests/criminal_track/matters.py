"""Criminal matters for tests: made the way the product makes them."""

from typing import Any

from agencies.actor import Actor
from agencies.kinds import AgencyKind, Role
from agencies.models import Agency
from casework.measures.criminal_track.models import CriminalTrack
from casework.models import Case
from tests.people import an_actor, an_agency, police
from tests.protection_orders.orders import a_full_case, at
from workflow.engine import begin, perform

BEGUN = "2026-03-02 10:00"


def procuratorate(name: str = "扎赉诺尔区人民检察院") -> Agency:
    return an_agency(AgencyKind.PROCURATORATE, name)


def a_prosecutor(agency: Agency | None = None) -> Actor:
    return an_actor(Role.LIAISON, agency or procuratorate())


def a_track(worker: Actor, case: Case | None = None, **fields: Any) -> CriminalTrack:
    given: dict[str, Any] = {"police_agency": police(), "offences": ["234"]}
    return begin(
        CriminalTrack, actor=worker, case=case or a_full_case(worker), at=at(BEGUN), **(given | fields)
    )


def brought(track: CriminalTrack, worker: Actor, *moves: str) -> CriminalTrack:
    """As far as these moves bring it, made by the federation that was told."""
    takes: dict[str, dict[str, Any]] = {
        "decline": {"reason": "情节轻微"}, "drop": {"reason": "证据不足"}, "not_prosecute": {"reason": "情节轻微"},
        "convict": {"verdict": "prison", "months": 19}, "transfer": {"procuratorate_agency": procuratorate()},
    }  # fmt: skip
    for move in moves:
        perform(track, move, actor=worker, **takes.get(move, {}))
    return track
