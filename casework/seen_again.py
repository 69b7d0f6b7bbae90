"""Is the perpetrator of a case recorded with another victim? Compared by keyed tags across all federations.

Nothing is opened and nothing of the other case leaves this module but how many there are and since when. Tags are
short, so the answer is a reason to look, never a proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.actor import SYSTEM
from agencies.wall import as_system
from agencies.who import court, police, procuratorate
from casework.codes import Role
from casework.models import Case, Person
from casework.models.case import HURT
from privacy.blind import alike, differ, known_by_number, same_person

# Bodies that act against him; a shelter or a lawyer has no need to know.
TOLD = police | court | procuratorate
Tags = list[int]


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """`cases`: how many others, with another victim; `since`: when he was recorded in the newest of them."""

    cases: int
    since: datetime


def seen_again(case: Case) -> SeenAgain | None:
    """None where he is not known elsewhere. Three queries at most, however many cases there are."""
    found = other_cases(case)
    return SeenAgain(len(found), max(found.values())) if found else None


def other_cases(case: Case) -> dict[UUID, datetime]:
    """Case -> when he was recorded there, of every other case in which he stands with another victim. Never shown."""
    with as_system():
        return _other_cases(case)


def _other_cases(case: Case) -> dict[UUID, datetime]:
    mine = list(case.persons.values_list("role", "tags"))
    accused = [tags for role, tags in mine if role == Role.RESPONDENT and tags]
    if not accused:
        return {}
    people = Person.objects.visible_to(SYSTEM)  # across federations: only a number and a time come back
    rows = people.filter(_any(accused), role=Role.RESPONDENT).exclude(case=case).exclude(case__joined_to=case)
    columns = rows.values_list("case_id", "case__joined_to_id", "tags", "created_at")
    known = [row for row in columns if any(same_person(tags, row[2]) for tags in accused)]
    found = {row[0]: row[3] for row in known if row[0] != case.joined_to_id}
    joined = {row[0] for row in known if row[1] and (row[1] in found or row[1] == case.joined_to_id)}
    hers = [tags for role, tags in mine if role in HURT and tags]
    same = _with_the_same_victim(hers, found.keys(), people)
    return {pk: at for pk, at in found.items() if pk not in same | joined}


def _any(accused: Iterable[Tags]) -> Any:
    """Each of them by a number of his own: the tags of two people together would match neither."""
    found = known_by_number([])
    for tags in accused:
        found |= known_by_number(tags)
    return found


def _with_the_same_victim(hers: list[Tags], cases: Iterable[UUID], people: Any) -> set[UUID]:
    """Cases that are perhaps hers too: recorded twice, or passed on. A number or a whole name is enough here."""
    if not hers:
        return set()
    fits = alike([])
    for tags in hers:
        fits |= alike(tags)
    rows = people.filter(fits, role__in=HURT, case__in=list(cases)).values_list("case_id", "tags")
    return {case for case, theirs in rows if not all(differ(tags, theirs) for tags in hers)}
