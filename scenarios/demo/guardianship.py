"""A guardianship matter of the demonstration: temporary care, an application, and the court."""

from datetime import timedelta
from typing import Any

from casework import services
from casework.measures.guardianship.models import Guardianship
from scenarios.demo.people import somebody
from scenarios.demo.stories import Teller
from workflow.engine import begin, perform
from workflow.when import When

DAY = timedelta(days=1)


def tell_guardianship(teller: Teller) -> None:
    """One in temporary care and not yet filed, one before the court, one decided."""
    for number, moves in enumerate(((), ("file", "accept"), ("file", "accept", "revoke", "appoint"))):
        opened = teller.now - (40 + 30 * number) * DAY
        worker, court = teller.cast.caseworker, teller.cast.court
        case = services.open_case(
            actor=worker, at=When.instant(opened), channel="committee", matter="child_abuse", forms=["physical", "neglect"],
            relation="2_parent_child", area=teller.rng.choice(teller.areas), flags=["minor", "guardian_is_suspect"],
        )  # fmt: skip
        child = somebody(teller.rng, "f", 8 + number, opened.year)
        father = somebody(teller.rng, "m", 38, opened.year)
        services.add_person(
            case, actor=worker, role="victim", name=child.name, sex="f", age=child.age, flags=["minor"]
        )
        services.add_person(case, actor=worker, role="respondent", name=father.name, sex="m", age=38)
        matter: Guardianship = begin(
            Guardianship, actor=worker, case=case, ward="minor", grounds=["harm"], applicant="federation",
            account="长期殴打，多次劝阻无效。", court=court.agency_id, **teller.at(opened),
        )  # fmt: skip
        perform(matter, "place", actor=worker, temporary_by="relative", **teller.at(opened + DAY))
        for step, name in enumerate(moves):
            takes: dict[str, Any] = {"new_guardian": "relative"} if name == "appoint" else {}
            actor = worker if name == "file" else court
            perform(matter, name, actor=actor, **takes, **teller.at(opened + (4 + 7 * step) * DAY))
